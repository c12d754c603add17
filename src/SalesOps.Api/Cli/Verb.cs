using Npgsql;
using SalesOps.Api.Hosting;
using SalesOps.Api.Imports;
using SalesOps.Store;

namespace SalesOps.Api.Cli;

/// <summary>What all verbs have in common: a failure that a person can do something about is a message, not a stack.</summary>
internal static class Verb
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;

    public static Task<int> RunAsync(Func<Task> run) => RunAsync(async () =>
    {
        await run();
        return Done;
    });

    public static async Task<int> RunAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception failure) when (failure is StartupException or MigrationException or ImportRefusedException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped before it was done.");
            return Failed;
        }
    }
}
