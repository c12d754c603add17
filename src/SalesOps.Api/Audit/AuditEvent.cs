using System.Text.Json;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary>An event of the log as it was recorded. Nothing that comes later changes it, so neither a page nor a line of it.</summary>
/// <param name="Position">Its place in the log; those of one tenant rise, with gaps where others have theirs.</param>
/// <param name="Version">Its place in its stream.</param>
/// <param name="Voids">The events that it takes back.</param>
/// <param name="CorrelationId">The trace of the request that recorded it.</param>
/// <param name="Data">As stored.</param>
internal sealed record AuditEvent(
    long Position,
    Guid EventId,
    string Stream,
    long Version,
    string Type,
    DateTimeOffset EffectiveAt,
    DateTimeOffset RecordedAt,
    DateTimeOffset? SourceRecordedAt,
    string Actor,
    string? Reason,
    IReadOnlyList<Guid>? Voids,
    string? CorrelationId,
    string? CausationId,
    JsonElement Data)
{
    public static AuditEvent Of(RecordedEvent recorded)
    {
        var reader = new Utf8JsonReader(recorded.Data.Span);
        return new(
            recorded.Position, recorded.Id, recorded.Stream, recorded.Version, recorded.Type, recorded.Headers.EffectiveAt,
            recorded.RecordedAt, recorded.Headers.SourceRecordedAt, recorded.Headers.Actor, recorded.Headers.Reason,
            recorded.Headers.Voids is [] ? null : recorded.Headers.Voids, recorded.CorrelationId, recorded.CausationId,
            JsonElement.ParseValue(ref reader));
    }
}
