using System.Text.Json.Serialization;
using Npgsql;
using SalesOps.Store;

namespace SalesOps.Api.Operations;

/// <summary>One thing that a server needs before it can serve well.</summary>
/// <param name="Lag">How many events it is behind the head of the log.</param>
internal sealed record ReadinessCheck(string Name, bool Ready, long? Position = null, long? Lag = null, string? Detail = null);

/// <summary>What <c>/health/ready</c> says.</summary>
/// <param name="Position">The head of the log.</param>
internal sealed record ReadinessReport(string Status, long? Position, IReadOnlyList<ReadinessCheck> Checks)
{
    [JsonIgnore]
    public bool IsReady => Checks.All(check => check.Ready);
}

/// <summary>
/// Says whether requests should be sent here, and by name what keeps them away. Being behind is no fault while it gets
/// less: an import or a rebuild is being caught up with.
/// </summary>
internal sealed class Readiness(
    EventStore store, Migrator migrator, IEnumerable<Projector> projectors, Notary notary, TimeProvider time)
{
    private const int AcceptedLag = 1_000;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan longestCheck = TimeSpan.FromSeconds(3);

    public async Task<ReadinessReport> CheckAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(longestCheck, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await CheckDatabaseAsync(either.Token);
        }
        catch (Exception trouble) when (trouble is NpgsqlException or TimeoutException or IOException
            || (trouble is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Report(null, [new("database", Ready: false, Detail: "The database does not answer.")]);
        }
    }

    private async Task<ReadinessReport> CheckDatabaseAsync(CancellationToken cancellation)
    {
        var pending = await migrator.PendingAsync(cancellation);
        List<ReadinessCheck> checks =
        [
            new("database", Ready: true),
            new("migrations", pending.Count == 0, Detail: pending.Count == 0 ? null : $"Pending: {string.Join(", ", pending)}."),
        ];
        if (pending.Count > 0)
        {
            return Report(null, checks);
        }

        var head = await store.HeadAsync(cancellation);
        foreach (var projector in projectors)
        {
            await projector.PositionAsync(cancellation);
            checks.Add(Check(projector.Status, head));
        }

        checks.Add(CheckNotary(head));
        return Report(head.Position, checks);
    }

    private ReadinessCheck Check(ProjectionStatus status, LogHead head)
    {
        var lag = Math.Max(0, head.Position - status.Position);
        return new(
            $"projection {status.Name}",
            status is { Failure: null, SupersededBy: null } && (lag <= AcceptedLag || IsRecent(status.AdvancedAt)),
            status.Position,
            lag,
            // The exception's own words may quote what is in the event; they are in the log.
            status switch
            {
                { Failure: { } failure } => $"Stopped at position {failure.Position} ({failure.Type}).",
                { SupersededBy: { } newer } => $"Stopped: the tables belong to version {newer} now.",
                _ => null,
            });
    }

    /// <summary>Sealing a little takes no time, so even a few events that wait for long are a sign that nobody seals.</summary>
    private ReadinessCheck CheckNotary(LogHead head)
    {
        var lag = Math.Max(0, head.Position - notary.Status.Position);
        return new(
            "notary",
            lag == 0 || IsRecent(notary.Status.AdvancedAt) || (lag <= AcceptedLag && IsRecent(head.RecordedAt)),
            notary.Status.Position,
            lag);
    }

    private bool IsRecent(DateTimeOffset? at) => at is { } instant && time.GetUtcNow() - instant < patience;

    private static ReadinessReport Report(long? position, IReadOnlyList<ReadinessCheck> checks) =>
        new(checks.All(check => check.Ready) ? "ready" : "not-ready", position, checks);
}
