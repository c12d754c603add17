using SalesOps.Store;

namespace SalesOps.Api.Contracts;

/// <summary>Contracts: their commands and their clock.</summary>
internal static class ContractsSetup
{
    public static IServiceCollection AddContracts(this IServiceCollection services) => services
        .AddSingleton<ContractCommands>()
        .AddSingleton<ContractStates>()
        .AddSingleton<BillingList>()
        .AddSingleton<IReactor, ContractClockReactor>()
        .AddHostedService<ReactorService>();
}

/// <summary>Runs every reactor for as long as the program runs.</summary>
internal sealed partial class ReactorService(
    IEnumerable<IReactor> reactors, IServiceProvider provider, ILogger<ReactorService> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(reactors.Select(async reactor =>
    {
        try
        {
            await ActivatorUtilities.CreateInstance<Reactor>(provider, reactor).RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; the next one goes on from the checkpoint.
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogStopped(failure, reactor.Name);
        }
    }));

    [LoggerMessage(LogLevel.Critical, "Reactor {Reactor} has stopped")]
    private partial void LogStopped(Exception failure, string reactor);
}
