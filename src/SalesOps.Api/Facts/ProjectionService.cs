using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>Keeps the facts up with the log for as long as the program runs.</summary>
internal sealed class ProjectionService(Projector projector) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => projector.RunAsync(stoppingToken);
}
