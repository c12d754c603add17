using SalesOps.Store;

namespace SalesOps.Api.Operations;

/// <summary>
/// Seals the log for as long as the program runs. A log that can't be sealed stops the notary, never the server: what
/// was recorded can still be read, and readiness says that nothing is sealed any more.
/// </summary>
internal sealed partial class NotaryService(Notary notary, ILogger<NotaryService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await notary.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; its blocks say how far the log is sealed.
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogStopped(failure);
        }
    }

    [LoggerMessage(LogLevel.Critical, "The notary has stopped: the log can't be sealed")]
    private partial void LogStopped(Exception failure);
}
