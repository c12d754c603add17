using System.CommandLine;

namespace SalesOps.Api.Cli;

/// <summary>The command line of the program; without a verb it serves.</summary>
internal static class SalesOpsCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("SalesOps: revenue operations on a log of events. Without a verb it serves.")
        {
            ServeCommand.Create(),
            MigrateCommand.Create(),
            ImportCommand.Create(),
        };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(ServeCommand.RunAsync);
        return root;
    }
}
