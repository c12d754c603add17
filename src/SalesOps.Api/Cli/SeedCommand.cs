using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SalesOps.Api.Access;
using SalesOps.Api.Demo;
using SalesOps.Api.Hosting;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Cli;

/// <summary><c>salesops seed</c>: fills an empty log with a company to try the program on, by the requests of a client.</summary>
internal static class SeedCommand
{
    private const int AtOnce = 16;

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Another number, another company.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> Months = new("--months")
    {
        Description = "How long its history is, 1 to 60.",
        DefaultValueFactory = _ => 18,
    };

    private static readonly Option<DateOnly?> Until = new("--until")
    {
        Description = "The last day of its history; today if absent.",
        CustomParser = result => DateOnly.TryParseExact(
            result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : Refuse(result),
    };

    public static Command Create()
    {
        Months.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 60)
            {
                result.AddError("--months is from 1 to 60.");
            }
        });
        var command = new Command("seed", "Fills an empty log with a company made up by chance, to try the program on.")
        {
            Seed, Months, Until,
        };
        command.SetAction((arguments, cancellation) => Verb.RunAsync(() => RunAsync(arguments, cancellation)));
        return command;
    }

    private static async Task RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await using var program = await SalesOpsProgram.OpenAsync(
            ["--urls", "http://127.0.0.1:0"], isServer: false, cancellation);
        if (AccessSetup.ModeOf(program.App.Configuration) != DevelopmentAuthentication.Mode)
        {
            throw new StartupException(
                $"A made-up company is for trying out: seed it with Auth__Mode={DevelopmentAuthentication.Mode}.");
        }

        var store = program.App.Services.GetRequiredService<EventStore>();
        if ((await store.HeadAsync(cancellation)).Position > 0)
        {
            throw new StartupException("The log is not empty, so nothing was made up: seed a database of its own.");
        }

        program.App.UseSalesOpsHttp().MapSalesOps();
        await program.App.StartAsync(cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(program.App.Urls.First()) };
        var until = arguments.GetValue(Until)
            ?? DateOnly.FromDateTime(program.App.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var company = new DemoCompany(arguments.GetValue(Seed), until, arguments.GetValue(Months));
        foreach (var request in company.Organisation().Concat(company.Targets()))
        {
            await SendAsync(client, request, cancellation);
        }

        await Parallel.ForEachAsync(
            company.Stories().ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (story, stop) =>
            {
                foreach (var request in story)
                {
                    await SendAsync(client, request, stop);
                }
            });
        var head = await store.HeadAsync(cancellation);
        await program.App.Services.GetRequiredService<Projector>().CatchUpAsync(cancellation);
        await program.App.StopAsync(cancellation);
        await Console.Out.WriteLineAsync(FormattableString.Invariant(
            $"{head.Position} events of a made-up company up to {until:yyyy-MM-dd}, in {clock.Elapsed.TotalSeconds:0.0} s."));
    }

    private static async Task SendAsync(HttpClient client, DemoRequest request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(request.Path, UriKind.Relative))
        {
            Content = JsonContent.Create(request.Body),
        };
        message.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var answer = await client.SendAsync(message, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw new StartupException($"POST {request.Path} was refused: {await answer.Content.ReadAsStringAsync(cancellation)}");
        }
    }

    private static DateOnly? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is no date of the form 2026-12-31.");
        return null;
    }
}
