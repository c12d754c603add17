using Npgsql;

namespace SalesOps.Store;

/// <summary>The appender's way to the database for as long as its connection lives.</summary>
internal sealed class AppendSession : IAsyncDisposable
{
    private AppendSession(NpgsqlConnection connection, AppendCommand command, DateTime serverStarted) =>
        (Connection, Command, ServerStarted) = (connection, command, serverStarted);

    public NpgsqlConnection Connection { get; }

    public AppendCommand Command { get; }

    /// <summary>Where this is another time than before, what was committed before may be lost.</summary>
    public DateTime ServerStarted { get; }

    public static async Task<AppendSession> OpenAsync(NpgsqlDataSource database)
    {
        const string ask = "select current_setting('synchronous_commit') = 'on', pg_postmaster_start_time()";
        var connection = await database.OpenConnectionAsync();
        try
        {
            DateTime started;
            await using (var asking = new NpgsqlCommand(ask, connection))
            {
                await using var row = await asking.ExecuteReaderAsync();
                await row.ReadAsync();
                started = row.GetBoolean(0)
                    ? row.GetDateTime(1)
                    : throw new InvariantViolationException(
                        "synchronous_commit is not on for appends: an answered append would not be durable.");
            }

            return new(connection, await AppendCommand.PrepareAsync(connection), started);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>False where the session is not fit for use any more.</summary>
    public async Task<bool> TryRollBackAsync()
    {
        try
        {
            await using var rollback = new NpgsqlCommand("rollback", Connection);
            await rollback.ExecuteNonQueryAsync();
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Drops the connection: none that was opened with it is used again.</summary>
    public async ValueTask DisposeAsync()
    {
        await Command.DisposeAsync();
        NpgsqlConnection.ClearPool(Connection);
        await Connection.DisposeAsync();
    }
}
