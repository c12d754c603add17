using Npgsql;

namespace SalesOps.Store;

/// <summary>One snapshot of a projection's tables and the checkpoint they are at; disposing it ends its transaction.</summary>
public sealed class ProjectionSnapshot(NpgsqlConnection connection, LogHead checkpoint) : IAsyncDisposable
{
    /// <summary>In a read-only transaction at repeatable read.</summary>
    public NpgsqlConnection Connection { get; } = connection;

    public LogHead Checkpoint { get; } = checkpoint;

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
