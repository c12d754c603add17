using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using SalesOps.Domain;

namespace SalesOps.Api.Streams;

/// <summary>Taking facts of a stream back, with another in their place or none.</summary>
internal static class Corrections
{
    public static Rejection Unreadable { get; } = Rejection.Invalid(
        "replacement-unreadable", "The replacement is not an event of this kind of stream with its members.", "/replacement");

    /// <summary>Puts nothing in the place of the fact.</summary>
    public static Verdict Void<TState, TEvent>(Timeline<TState, TEvent> timeline, Guid eventId, string reason)
        where TEvent : class => timeline.RefuseCorrection(eventId, null) is { } refusal
            ? Verdict.Refuse(refusal)
            : new(null, [new(new FactVoided(), timeline.Find(eventId)!.EffectiveAt) { Reason = reason, Voids = [eventId] }]);

    /// <summary>Puts what was decided in the place of the fact; where that is nothing, the fact is only taken back.</summary>
    public static Verdict Replace<TState, TEvent>(
        Timeline<TState, TEvent> timeline, Guid eventId, string reason, DateTimeOffset at, Decision<TEvent> decision)
        where TEvent : class => decision switch
        {
            { Rejection: { } rejection } => Verdict.Refuse(InReplacement(rejection)),
            { Events: [var @event] } => timeline.RefuseCorrection(eventId, (at, @event)) is { } refusal
                ? Verdict.Refuse(refusal)
                : new(null, [new(@event, at) { Reason = reason, Voids = [eventId] }]),
            _ => Void(timeline, eventId, reason),
        };

    /// <summary>
    /// Reads the replacement: an event of the type given, or of the fact's own with the members that differ merged in.
    /// </summary>
    public static bool TryReplace<TEvent>(
        TEvent voided, string? type, JsonElement? data, [NotNullWhen(true)] out TEvent? replacement)
        where TEvent : class
    {
        var ownType = EventCatalog.NameOf(voided);
        var members = type is null || type == ownType
            ? JsonNode.Parse(EventCatalog.Encode(voided))!.AsObject()
            : [];
        foreach (var member in data is { ValueKind: JsonValueKind.Object } given ? given.EnumerateObject() : default)
        {
            members[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        try
        {
            replacement = EventCatalog.Decode(type ?? ownType, JsonSerializer.SerializeToUtf8Bytes(members)) as TEvent;
        }
        catch (JsonException)
        {
            replacement = null;
        }

        return replacement is not null;
    }

    private static Rejection InReplacement(Rejection rejection) => rejection.Pointer is { } pointer
        ? rejection with { Pointer = "/replacement/data" + pointer }
        : rejection;
}
