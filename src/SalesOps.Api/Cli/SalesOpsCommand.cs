using System.CommandLine;

namespace SalesOps.Api.Cli;

/// <summary>The command line of the program; without a verb it serves.</summary>
internal static class SalesOpsCommand
{
    // A server that is told to stop finishes what it has begun; what can't be finished in that time is cut off.
    private static readonly TimeSpan longestStop = TimeSpan.FromSeconds(40);

    /// <summary>Gives the exit code: 0 done, 1 failed, 2 misused.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Create().Parse(arguments);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = longestStop });
        return parsed.Errors.Count == 0 ? code : Verb.Misused;
    }

    public static RootCommand Create()
    {
        var settings = ServeCommand.CreateSettings();
        // It is explained where it belongs, not in the help of every verb.
        settings.Hidden = true;
        var root = new RootCommand("SalesOps: revenue operations on a log of events. Without a verb it serves.")
        {
            settings,
            ServeCommand.Create(),
            MigrateCommand.Create(),
            ImportCommand.Create(),
            RebuildCommand.Create(),
            SeedCommand.Create(),
            VerifyCommand.Create(),
            TokenCommand.Create(),
        };
        root.SetAction((parsed, cancellation) => ServeCommand.RunAsync(parsed.GetValue(settings) ?? [], cancellation));
        return root;
    }
}
