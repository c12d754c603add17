using Microsoft.Extensions.Logging;
using Npgsql;

namespace SalesOps.Store;

/// <summary>
/// Carries the news that the log has moved between processes by LISTEN and NOTIFY. Only a hint that shortens waits:
/// followers poll as well, and nothing depends on it arriving.
/// </summary>
internal sealed partial class LogListener(DatabasePools pools, Pulse log, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan betweenNotifications = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan reconnectAfter = TimeSpan.FromSeconds(1);

    private readonly Pulse own = new();

    /// <summary>This process has appended: tells those who wait here at once and the other processes soon.</summary>
    public void Announce()
    {
        log.Beat();
        own.Beat();
    }

    /// <summary>
    /// Announces this process's appends until cancelled, never in their transaction: there NOTIFY would serialise all
    /// commits a second time. At most one in fifty milliseconds.
    /// </summary>
    public async Task AnnounceAsync(CancellationToken cancellation)
    {
        // Without waiting for the disk: a lost notification is found by the next poll.
        const string notify = "select set_config('synchronous_commit', 'off', true), pg_notify('salesops_log', '')";
        while (true)
        {
            await own.Next.WaitAsync(cancellation);
            try
            {
                await using var command = pools.Background.CreateCommand(notify);
                await command.ExecuteNonQueryAsync(cancellation);
            }
            catch (Exception failure) when (SqlStates.IsDatabaseTrouble(failure))
            {
                NotAnnounced(logger, failure);
            }

            await Task.Delay(betweenNotifications, time, cancellation);
        }
    }

    /// <summary>Wakes those who wait here when another process has appended, until cancelled.</summary>
    public async Task ListenAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await using var connection = await pools.Dedicated.OpenConnectionAsync(cancellation);
                connection.Notification += (_, _) => log.Beat();
                await using (var listen = new NpgsqlCommand("listen salesops_log", connection))
                {
                    await listen.ExecuteNonQueryAsync(cancellation);
                }

                // What was appended before the LISTEN took effect.
                log.Beat();
                while (true)
                {
                    await connection.WaitAsync(cancellation);
                }
            }
            catch (Exception failure) when (SqlStates.IsDatabaseTrouble(failure))
            {
                ListenerLost(logger, failure);
                await Task.Delay(reconnectAfter, time, cancellation);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other processes could not be told that the log has moved")]
    private static partial void NotAnnounced(ILogger logger, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The listener lost its connection; polling goes on")]
    private static partial void ListenerLost(ILogger logger, Exception failure);
}
