using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using SalesOps.Api.Hosting;
using SalesOps.Api.Http;

namespace SalesOps.Api.Cli;

/// <summary><c>salesops serve</c></summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var settings = CreateSettings();
        var command = new Command("serve", "Serves the API, on http://127.0.0.1:5080 unless ASPNETCORE_URLS says otherwise.")
        {
            settings,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(settings) ?? [], cancellation));
        return command;
    }

    /// <summary>Settings may be arguments; anything else is a slip, such as a misspelt verb, and starts no server.</summary>
    public static Argument<string[]> CreateSettings()
    {
        var settings = new Argument<string[]>("settings")
        {
            Description = "Settings instead of environment variables, for example --Auth:Mode=Development or --urls http://127.0.0.1:8080.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        settings.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var first }, ..] && !first.StartsWith("--", StringComparison.Ordinal))
            {
                result.AddError($"'{first}' is neither a verb nor a setting.");
            }
        });
        return settings;
    }

    public static Task<int> RunAsync(string[] settings, CancellationToken cancellation) =>
        Verb.RunAsync(async () =>
        {
            await using var program = await SalesOpsProgram.OpenAsync(settings, isServer: true, cancellation);
            program.App.UseSalesOpsHttp().MapSalesOps();
            try
            {
                await program.App.RunAsync(cancellation);
            }
            catch (IOException failure) when (failure.InnerException is AddressInUseException)
            {
                throw new StartupException($"{failure.Message} Set ASPNETCORE_URLS to another one, or stop what listens there.");
            }
        });
}
