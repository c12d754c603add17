using System.CommandLine;
using SalesOps.Api.Hosting;

namespace SalesOps.Api.Cli;

/// <summary><c>salesops migrate</c></summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database's tables up to this version; the server does it by itself at its start.");
        command.SetAction((_, cancellation) => Verb.RunAsync(async () =>
        {
            await using var program = await SalesOpsProgram.OpenAsync([], isServer: false, cancellation);
            await Console.Out.WriteLineAsync("The database is up to date.");
        }));
        return command;
    }
}
