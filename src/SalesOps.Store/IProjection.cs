using Npgsql;

namespace SalesOps.Store;

/// <summary>
/// Read tables that are a pure function of the log. The same events give the same rows, whatever the page size: a page
/// always ends where an append ends, so that no half of an append is ever visible.
/// </summary>
public interface IProjection
{
    /// <summary>Its name in <c>mt_event_progression</c> is <c>name:version</c>.</summary>
    string Name { get; }

    /// <summary>Counts the meanings of the fold; a new one means new tables, filled from the start.</summary>
    int Version { get; }

    /// <summary>The tables it owns, by name.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>
    /// Writes what a page of the log changes, in the transaction that is open on <paramref name="connection"/> and that
    /// also moves the checkpoint. The tables are <c>t + <paramref name="suffix"/></c>, which is empty but in a rebuild.
    /// </summary>
    Task ApplyAsync(
        IReadOnlyList<RecordedEvent> page, string suffix, NpgsqlConnection connection, CancellationToken cancellation);

    /// <summary>
    /// Fills empty twins of the tables by COPY, from the log stream by stream: each whole, in the order of its versions,
    /// none twice. The twin of table <c>t</c> is <c>t + <paramref name="suffix"/></c>; indexes are made afterwards.
    /// </summary>
    Task FillAsync(
        IAsyncEnumerable<IReadOnlyList<RecordedEvent>> streams, string suffix, NpgsqlConnection connection,
        CancellationToken cancellation);
}
