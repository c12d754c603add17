using SalesOps.Api.Hosting;
using SalesOps.Store;

namespace SalesOps.Api.Cli;

/// <summary>What all verbs have in common: a failure that a person can do something about is a message, not a stack.</summary>
internal static class Verb
{
    private const int Done = 0;
    private const int Failed = 1;

    public static async Task<int> RunAsync(Func<Task> run)
    {
        try
        {
            await run();
            return Done;
        }
        catch (Exception failure) when (failure is StartupException or MigrationException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return Failed;
        }
    }
}
