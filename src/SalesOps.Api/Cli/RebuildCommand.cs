using System.CommandLine;
using System.Diagnostics;
using SalesOps.Api.Hosting;
using SalesOps.Store;

namespace SalesOps.Api.Cli;

/// <summary><c>salesops rebuild</c></summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("projection") { Description = "Its name, for example facts." };
        var command = new Command("rebuild", "Fills a projection's tables anew from the log, beside the live ones, and swaps them.")
        {
            name,
        };
        command.SetAction((parsed, cancellation) =>
            Verb.RunAsync(() => RunAsync(parsed.GetRequiredValue(name), cancellation)));
        return command;
    }

    private static async Task RunAsync(string name, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await using var program = await SalesOpsProgram.OpenAsync([], isServer: false, cancellation);
        var projections = program.App.Services.GetServices<IProjection>().ToList();
        var projection = projections.Find(one => one.Name == name)
            ?? throw new StartupException(
                $"There is no projection '{name}', only: {string.Join(", ", projections.Select(one => one.Name))}.");
        var rebuilder = program.App.Services.GetRequiredService<Rebuilder>();
        var position = await rebuilder.RebuildAsync(projection, cancellation);
        await Console.Out.WriteLineAsync(
            FormattableString.Invariant($"{name} is rebuilt up to position {position} in {clock.Elapsed.TotalSeconds:0.0} s."));
    }
}
