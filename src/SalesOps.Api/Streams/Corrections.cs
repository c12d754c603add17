using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Streams;

/// <summary>Taking facts of a stream back, with another in their place or none: the same for every kind of stream.</summary>
internal static class Corrections
{
    private static Rejection Unreadable { get; } = Rejection.Invalid(
        "replacement-unreadable", "The replacement is not an event of this kind of stream with its members.", "/replacement");

    /// <summary>Runs a correction of one stream.</summary>
    /// <param name="naturalTimeOf">When a fact takes effect if nobody says; null where it is that of the fact replaced.</param>
    /// <param name="decide">
    /// What may stand in the place of the fact: the replacement, decided by the state at its time as if the fact had not
    /// happened, and the session to read other streams in.
    /// </param>
    /// <param name="check">What else must hold of the stream as it comes to be; null where nothing must.</param>
    /// <param name="part">For a part of a stream: the id to answer by.</param>
    public static Task<IResult> CorrectAsync<TState, TEvent>(
        this CommandRunner commands,
        WriteRequest write,
        StreamKind<TState, TEvent> kind,
        string id,
        CorrectionRequest body,
        Func<TEvent, BusinessCalendar, DateTimeOffset?> naturalTimeOf,
        Func<TState, TEvent, DateTimeOffset, StreamSession, ValueTask<Decision<TEvent>>> decide,
        CancellationToken cancellation,
        Func<Timeline<TState, TEvent>, Verdict, StreamSession, ValueTask<Verdict>>? check = null,
        string? part = null)
        where TEvent : class
    {
        return commands.RunAsync(write, kind, id, CorrectAsync, location: null, cancellation, part);

        async ValueTask<Verdict> CorrectAsync(Timeline<TState, TEvent> timeline, StreamSession session)
        {
            var verdict = body.Replacement is { } replacement
                ? await ReplaceAsync(timeline, replacement, session)
                : Void(timeline, body.EventId, body.Reason);
            return check is null ? verdict : await check(timeline, verdict, session);
        }

        async ValueTask<Verdict> ReplaceAsync(
            Timeline<TState, TEvent> timeline, ReplacementBody replacement, StreamSession session)
        {
            if (timeline.Find(body.EventId) is not { Voided: null } voided
                || !TryReplace(voided.Event, replacement.Type, replacement.Data, out TEvent? @event))
            {
                // Whatever it is to be replaced by: the fact must stand, and the replacement be readable.
                return Verdict.Refuse(
                    timeline.RefuseCorrection(body.EventId, null) is { Code: "event-not-found" or "already-voided" } refusal
                        ? refusal
                        : Unreadable);
            }

            var at = replacement.EffectiveAt?.Start(write.Calendar)
                ?? naturalTimeOf(@event, write.Calendar) ?? voided.EffectiveAt;
            var decision = await decide(timeline.Without(voided).At(at), @event, at, session);
            return Replace(timeline, body.EventId, body.Reason, at, decision);
        }
    }

    /// <summary>Puts nothing in the place of the fact.</summary>
    private static Verdict Void<TState, TEvent>(Timeline<TState, TEvent> timeline, Guid eventId, string reason)
        where TEvent : class => timeline.RefuseCorrection(eventId, null) is { } refusal
            ? Verdict.Refuse(refusal)
            : new(null, [new(new FactVoided(), timeline.Find(eventId)!.EffectiveAt) { Reason = reason, Voids = [eventId] }]);

    /// <summary>Puts what was decided in the place of the fact; where that is nothing, the fact is only taken back.</summary>
    private static Verdict Replace<TState, TEvent>(
        Timeline<TState, TEvent> timeline, Guid eventId, string reason, DateTimeOffset at, Decision<TEvent> decision)
        where TEvent : class => decision.In("/replacement/data") switch
        {
            { Rejection: { } rejection } => Verdict.Refuse(rejection),
            { Events: [var @event] } => timeline.RefuseCorrection(eventId, (at, @event)) is { } refusal
                ? Verdict.Refuse(refusal)
                : new(null, [new(@event, at) { Reason = reason, Voids = [eventId] }]),
            _ => Void(timeline, eventId, reason),
        };

    /// <summary>
    /// Reads the replacement: an event of the type given, or of the fact's own with the members that differ merged in.
    /// </summary>
    private static bool TryReplace<TEvent>(
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
}

/// <summary>Takes a recorded fact back, and may put another in its place.</summary>
/// <param name="EventId">The fact that did not happen so; from the history.</param>
/// <param name="Reason">Why it is corrected; kept with the correction.</param>
internal sealed record CorrectionRequest(Guid EventId, string Reason, ReplacementBody? Replacement);

/// <summary>What happened instead. What is left out is as in the fact that is taken back.</summary>
/// <param name="Type">An event type as the history names it.</param>
/// <param name="Data">The members that differ, or all of them for another type.</param>
internal sealed record ReplacementBody(string? Type, DateOrInstant? EffectiveAt, JsonElement? Data);
