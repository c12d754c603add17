using Npgsql;
using SalesOps.Store;

namespace SalesOps.Api.Operations;

/// <summary>Forgets idempotency keys after the time that clients are promised, so that their table does not grow for ever.</summary>
internal sealed partial class KeyPurgeService(EventStore store, TimeProvider time, ILogger<KeyPurgeService> logger)
    : BackgroundService
{
    private static readonly TimeSpan kept = TimeSpan.FromHours(72);
    private static readonly TimeSpan interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(interval, time, stoppingToken);
                await PurgeAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; the next one goes on.
        }
    }

    private async Task PurgeAsync(CancellationToken cancellation)
    {
        try
        {
            // Several servers may do it at once; each deletes what the others have left.
            var purged = await store.PurgeKeysAsync(time.GetUtcNow() - kept, cancellation);
            if (purged > 0)
            {
                LogPurged(purged);
            }
        }
        catch (NpgsqlException trouble)
        {
            LogFailed(trouble);
        }
    }

    [LoggerMessage(LogLevel.Information, "Forgot {Count} idempotency keys")]
    private partial void LogPurged(int count);

    [LoggerMessage(LogLevel.Warning, "Idempotency keys could not be purged; the next round tries again")]
    private partial void LogFailed(Exception trouble);
}
