using System.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Streams;

/// <summary>
/// The imperative shell of every command on one stream: load, decide, append, answer. A no from cached state is decided
/// again on a fresh load before it is given; a conflict with another writer is decided again, at most three times, unless
/// the client named the version it means.
/// </summary>
internal sealed class CommandRunner(EventStore store, StateCache<object> cache, StreamTurns turns, IOptions<JsonOptions> json)
{
    private const int TriesMax = 3;

    /// <summary>Runs a command that decides by the state at its time.</summary>
    /// <param name="effectiveAt">When it is to take effect; the present where absent.</param>
    /// <param name="decide">Given the state at that time, the time itself, and the session to read other streams in.</param>
    public Task<IResult> RunAsync<TState, TEvent>(
        WriteRequest request,
        StreamKind<TState, TEvent> kind,
        string id,
        DateTimeOffset? effectiveAt,
        Func<TState, DateTimeOffset, StreamSession, ValueTask<Decision<TEvent>>> decide,
        CancellationToken cancellation)
        where TEvent : class => RunAsync(request, kind, id, effectiveAt, decide, location: null, part: null, cancellation);

    /// <summary>
    /// Runs a command on a part of a stream, which is answered by an id of its own. The stream need not be there yet: what
    /// isn't there, the decision says.
    /// </summary>
    /// <param name="part">The id to answer by.</param>
    /// <param name="location">Where the part is, if the command makes it.</param>
    public Task<IResult> RunPartAsync<TState, TEvent>(
        WriteRequest request,
        StreamKind<TState, TEvent> kind,
        string id,
        string part,
        DateTimeOffset? effectiveAt,
        Func<TState, DateTimeOffset, StreamSession, ValueTask<Decision<TEvent>>> decide,
        string? location,
        CancellationToken cancellation)
        where TEvent : class => RunAsync(request, kind, id, effectiveAt, decide, location, part, cancellation);

    private Task<IResult> RunAsync<TState, TEvent>(
        WriteRequest request,
        StreamKind<TState, TEvent> kind,
        string id,
        DateTimeOffset? effectiveAt,
        Func<TState, DateTimeOffset, StreamSession, ValueTask<Decision<TEvent>>> decide,
        string? location,
        string? part,
        CancellationToken cancellation)
        where TEvent : class => RunAsync(
            request, kind, id,
            async (timeline, session) =>
            {
                var at = effectiveAt ?? request.PresentOf(timeline);
                return Verdict.Of(timeline.Judge(at, await decide(timeline.At(at), at, session)), at);
            },
            location, cancellation, part);

    /// <summary>Runs a command that makes a resource; without an id of the client's it gets a new one.</summary>
    /// <param name="collection">The path of the collection that it comes to be in.</param>
    public Task<IResult> CreateAsync<TState, TEvent>(
        WriteRequest request,
        StreamKind<TState, TEvent> kind,
        string? id,
        string collection,
        DateTimeOffset? effectiveAt,
        Func<TState, DateTimeOffset, StreamSession, ValueTask<Decision<TEvent>>> decide,
        CancellationToken cancellation)
        where TEvent : class
    {
        id ??= Guid.CreateVersion7(request.ReceivedAt).ToString();
        return RunAsync(request, kind, id, effectiveAt, decide, $"{collection}/{id}", part: null, cancellation);
    }

    /// <summary>Runs a command that needs nothing but the state at its time.</summary>
    public Task<IResult> RunAsync<TState, TEvent>(
        WriteRequest request,
        StreamKind<TState, TEvent> kind,
        string id,
        DateTimeOffset? effectiveAt,
        Func<TState, Decision<TEvent>> decide,
        CancellationToken cancellation)
        where TEvent : class =>
        RunAsync(request, kind, id, effectiveAt, (state, _, _) => new(decide(state)), cancellation);

    /// <summary>Runs a command that decides by the whole history, as a correction does.</summary>
    /// <param name="location">For a creation: where the new resource is.</param>
    /// <param name="part">For a part of a stream that need not be there yet: the id to answer by.</param>
    public async Task<IResult> RunAsync<TState, TEvent>(
        WriteRequest request,
        StreamKind<TState, TEvent> kind,
        string id,
        Func<Timeline<TState, TEvent>, StreamSession, ValueTask<Verdict>> decide,
        string? location,
        CancellationToken cancellation,
        string? part = null)
        where TEvent : class
    {
        var answerId = part ?? id;
        var stream = kind.NameOf(id);
        using var turn = await turns.TakeAsync(request.Caller.Tenant, [stream], cancellation);
        var isFresh = false;
        for (var tries = 1; ;)
        {
            var session = new StreamSession(store, cache, request.Caller.Tenant, isFresh);
            var timeline = await session.ReadAsync(kind, id, cancellation);
            var isExpected = request.ExpectedVersion is not { } version || version == timeline.Version;
            var verdict = !isExpected ? null
                : location is null && part is null && !timeline.Exists ? Verdict.Refuse(Rejection.NotFound(kind.Category, id))
                : await decide(timeline, session);
            if (verdict is not { Facts: [_, ..] } && session.HasUsedCache)
            {
                isFresh = true;
                continue;
            }

            if (verdict is null)
            {
                return await FirstAnswerAsync(request, cancellation) ?? Problem.VersionMismatch(timeline.Version);
            }

            if (verdict.Rejection is { } rejection)
            {
                return await FirstAnswerAsync(request, cancellation) ?? Problem.From(rejection);
            }

            var events = Encode(verdict.Facts, request);
            switch (await AppendAsync(request, stream, timeline.Version, events, session, answerId, location, cancellation))
            {
                case AppendOutcome.Appended appended:
                    var recorded = verdict.Facts.Select((fact, index) => new Fact<object>(
                        events[index].Id, timeline.Version + index + 1, fact.EffectiveAt, appended.RecordedAt, fact.Event)
                    {
                        Voids = fact.Voids,
                    });
                    var after = timeline.With([.. recorded]);
                    cache.Put(request.Caller.Tenant, stream, after.Version, after);
                    return new Written<CommandResponse>(Answer(answerId, after.Version, appended.Position, events, location));

                case AppendOutcome.Conflict conflict when request.ExpectedVersion is not null && conflict.Stream == stream:
                    return await FirstAnswerAsync(request, cancellation) ?? Problem.VersionMismatch(conflict.Actual);

                case AppendOutcome.Conflict when tries++ < TriesMax:
                    isFresh = true;
                    continue;

                case var outcome:
                    cache.Remove(request.Caller.Tenant, stream);
                    return ToResult(outcome);
            }
        }
    }

    private static List<NewEvent> Encode(IReadOnlyList<NewFact> facts, WriteRequest request) =>
    [
        .. facts.Select(fact => EventEncoding.ToNewEvent(
            fact.Event,
            Guid.CreateVersion7(request.ReceivedAt),
            new EventHeaders
            {
                EffectiveAt = fact.EffectiveAt,
                Actor = request.Caller.Actor,
                Reason = fact.Reason,
                IdempotencyKey = request.IdempotencyKey,
                Voids = fact.Voids,
            })),
    ];

    /// <summary>
    /// An empty decision writes nothing, but claims its key if it has one, so that a repeat gets the same answer later too.
    /// </summary>
    private async Task<AppendOutcome> AppendAsync(
        WriteRequest request, string stream, long version, List<NewEvent> events, StreamSession session, string id,
        string? location, CancellationToken cancellation)
    {
        if (events is [] && request.IdempotencyKey is null)
        {
            var head = await store.HeadAsync(cancellation);
            return new AppendOutcome.Appended(head.Position, head.RecordedAt ?? default, []);
        }

        return await store.AppendAsync(
            new Append(request.Caller.Tenant, events is [] ? [] : [new StreamWrite(stream, version, events)])
            {
                Guards = events is [] ? [] : session.GuardsBeside(stream),
                Claim = request.IdempotencyKey is { } key
                    ? new IdempotencyClaim(
                        key, request.Hash,
                        appended => Answer(id, version + events.Count, appended.Position, events, location).Encode())
                    : null,
                CorrelationId = Activity.Current?.TraceId.ToHexString(),
            },
            cancellation);
    }

    /// <summary>A repeat is often refused for what its first run has done: the first answer goes before the refusal.</summary>
    private async Task<IResult?> FirstAnswerAsync(WriteRequest request, CancellationToken cancellation) =>
        request.IdempotencyKey is { } key
        && await store.FindAnswerAsync(request.Caller.Tenant, key, cancellation) is { } first
            ? first.RequestHash == request.Hash ? Replay(first.Answer) : Problem.IdempotencyKeyReused()
            : null;

    private static Written<CommandResponse> Replay(string answer) => new(StoredAnswer.Decode(answer), replayed: true);

    private static IResult ToResult(AppendOutcome outcome) => outcome switch
    {
        AppendOutcome.Duplicate duplicate => Replay(duplicate.Answer),
        AppendOutcome.KeyReused => Problem.IdempotencyKeyReused(),
        AppendOutcome.Conflict => Problem.Contention(),
        AppendOutcome.Unknown => Problem.OutcomeUnknown(),
        AppendOutcome.Unavailable => Problem.Unavailable(),
        AppendOutcome.Refused refused => throw new InvariantViolationException(
            $"The database refused an append that was decided ({refused.SqlState}): {refused.Message}"),
        _ => throw new InvariantViolationException($"{outcome.GetType().Name} is no outcome to answer with."),
    };

    private StoredAnswer Answer(string id, long version, long position, List<NewEvent> events, string? location)
    {
        var response = new CommandResponse(id, version, position);
        return location is not null && events is not []
            ? StoredAnswer.Created(response, version, location, json.Value.SerializerOptions)
            : StoredAnswer.Ok(response, version, json.Value.SerializerOptions);
    }
}
