using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Store;

/// <summary>
/// Held by at most one session of the database at a time, for as long as its own connection lives. It saves double
/// work; that work done twice would be harmless is for the holder to see to, since a dying session is noticed late.
/// </summary>
public sealed class LeaderLock : IAsyncDisposable
{
    private readonly NpgsqlConnection session;

    private LeaderLock(NpgsqlConnection session) => this.session = session;

    /// <summary>Null where another session holds it.</summary>
    public static async Task<LeaderLock?> TryTakeAsync(DatabasePools pools, string name, CancellationToken cancellation)
    {
        var connection = await pools.Dedicated.OpenConnectionAsync(cancellation);
        try
        {
            await using var take = new NpgsqlCommand(
                "select pg_try_advisory_lock(hashtextextended('salesops ' || $1, 0))", connection);
            take.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name, NpgsqlDbType = NpgsqlDbType.Text });
            if (await take.ExecuteScalarAsync(cancellation) is true)
            {
                return new LeaderLock(connection);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Throws what broke the connection, if it has broken.</summary>
    public async Task ConfirmAsync(CancellationToken cancellation)
    {
        await using var ask = new NpgsqlCommand("select 1", session);
        await ask.ExecuteScalarAsync(cancellation);
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();
}
