using System.Text.Json;
using SalesOps.Store;

namespace SalesOps.Api.Streams;

/// <summary>An event as auditors read it.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="Version">Its place in the stream.</param>
/// <param name="VoidedBy">The event that took it back, if one did.</param>
/// <param name="Data">As stored.</param>
internal sealed record HistoryItem(
    Guid EventId,
    long Position,
    long Version,
    string Type,
    DateTimeOffset EffectiveAt,
    DateTimeOffset RecordedAt,
    DateTimeOffset? SourceRecordedAt,
    string Actor,
    string? Reason,
    Guid? VoidedBy,
    JsonElement Data)
{
    /// <summary>A stream's events in the order in which they were recorded.</summary>
    public static IReadOnlyList<HistoryItem> Of(IReadOnlyList<RecordedEvent> events)
    {
        var voidings = events
            .SelectMany(@event => @event.Headers.Voids.Select(voided => (voided, @event.Id)))
            .ToDictionary(voiding => voiding.voided, voiding => voiding.Id);
        return
        [
            .. events.Select(@event => new HistoryItem(
                @event.Id, @event.Position, @event.Version, @event.Type, @event.Headers.EffectiveAt, @event.RecordedAt,
                @event.Headers.SourceRecordedAt, @event.Headers.Actor, @event.Headers.Reason,
                voidings.TryGetValue(@event.Id, out var by) ? by : null, Parse(@event.Data))),
        ];
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        return JsonElement.ParseValue(ref reader);
    }
}
