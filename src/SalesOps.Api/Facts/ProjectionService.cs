using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>Keeps the facts up with the log for as long as the program runs.</summary>
internal sealed class ProjectionService(Projector projector) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await projector.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; the checkpoint says how far the facts are.
        }
    }
}
