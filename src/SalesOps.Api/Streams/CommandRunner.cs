using System.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using SalesOps.Api.Access;
using SalesOps.Api.Http;
using SalesOps.Api.Ledger;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Streams;

/// <summary>
/// The imperative shell of every command: load, decide, append, answer. A no from cached state is decided again on a
/// fresh load before it is given; a conflict with another writer is decided again, at most three times, unless the client
/// named the version it means.
/// </summary>
internal sealed class CommandRunner(
    EventStore store, StateCache<object> cache, StreamTurns turns, ReservedIds reserved, RowScope scope,
    ImpactReader impacts, IOptions<JsonOptions> json)
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
                var at = effectiveAt ?? session.PresentOf(timeline);
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
    public Task<IResult> RunAsync<TState, TEvent>(
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
        return RunAsync(
            request, kind, id, besides: [], decide,
            (session, position) => new CommandResponse(answerId, session.VersionOf(stream), position), location, cancellation,
            mayBegin: part is not null);
    }

    /// <summary>
    /// Runs a command on one stream that writes others with it: <paramref name="decide"/> decides those in its session,
    /// and all of it is recorded or nothing. <c>If-Match</c> and <c>ETag</c> are about the one.
    /// </summary>
    /// <param name="besides">The other streams that it may write: commands on the same ones take turns.</param>
    /// <param name="answer">Given the session, which knows the versions reached, and the position; pure and quick.</param>
    /// <param name="location">For a creation: where the new resource is.</param>
    /// <param name="mayBegin">Whether the one need not be there yet, though the command doesn't create it.</param>
    public Task<IResult> RunAsync<TState, TEvent, TResponse>(
        WriteRequest request,
        StreamKind<TState, TEvent> kind,
        string id,
        IReadOnlyList<string> besides,
        Func<Timeline<TState, TEvent>, StreamSession, ValueTask<Verdict>> decide,
        Func<StreamSession, long, TResponse> answer,
        string? location,
        CancellationToken cancellation,
        bool mayBegin = false)
        where TEvent : class
    {
        return RunAsync(request, kind.NameOf(id), besides, DecideAsync, answer, location, cancellation);

        async ValueTask<Problem?> DecideAsync(StreamSession session)
        {
            var timeline = await session.ReadAsync(kind, id, cancellation);
            if (request.ExpectedVersion is { } version && version != timeline.Version)
            {
                return Problem.VersionMismatch(timeline.Version);
            }

            var rejection = location is null && !mayBegin && !timeline.Exists
                ? Rejection.NotFound(kind.Category, id)
                : await session.DecideAsync(kind, id, known => decide(known, session), cancellation);
            return rejection is null ? null : Problem.From(rejection);
        }
    }

    /// <summary>Runs a command on several streams of which none is the addressed one, as a batch is.</summary>
    /// <param name="streams">Those that it may write: commands on the same ones take turns.</param>
    /// <param name="decide">Decides each in the session; a refusal refuses the whole.</param>
    /// <param name="answer">Given the session, which knows the versions reached, and the position; pure and quick.</param>
    public async Task<IResult> RunAllAsync<TResponse>(
        WriteRequest request,
        IReadOnlyList<string> streams,
        Func<StreamSession, ValueTask<Rejection?>> decide,
        Func<StreamSession, long, TResponse> answer,
        CancellationToken cancellation) => request.ExpectedVersion is not null
            ? Problem.BadParameter("If-Match", "if-match-unsupported", "What writes several resources has no ETag to match.")
            : await RunAsync(
                request, addressed: null, streams,
                async session => await decide(session) is { } rejection ? Problem.From(rejection) : null,
                answer, location: null, cancellation);

    private async Task<IResult> RunAsync<TResponse>(
        WriteRequest request,
        string? addressed,
        IReadOnlyList<string> besides,
        Func<StreamSession, ValueTask<Problem?>> decide,
        Func<StreamSession, long, TResponse> answer,
        string? location,
        CancellationToken cancellation)
    {
        if (location is not null && reserved.Refuse(location) is { } taken)
        {
            return Problem.From(taken);
        }

        if (addressed is not null && location is null && !await scope.SeesAsync(request.Caller, addressed, cancellation))
        {
            // As if it were not there.
            return Problem.From(Rejection.NotFound(addressed.Split('/')[0], addressed[(addressed.IndexOf('/') + 1)..]));
        }

        IReadOnlyList<string> streams = addressed is null ? besides : [addressed, .. besides];
        using var turn = request.IsDryRun ? null : await turns.TakeAsync(request.Caller.Tenant, streams, cancellation);
        var isFresh = false;
        for (var tries = 1; ;)
        {
            var session = new StreamSession(store, cache, request, isFresh);
            var refusal = await decide(session);
            if ((refusal is not null || !session.HasDecided) && session.HasUsedCache)
            {
                isFresh = true;
                continue;
            }

            if (refusal is not null)
            {
                return await FirstAnswerAsync(request, cancellation) ?? refusal;
            }

            if (request.IsDryRun)
            {
                return await TellAsync(request, session, answer, cancellation);
            }

            switch (await AppendAsync(request, session, Answer, cancellation))
            {
                case AppendOutcome.Appended appended when session.Erasure is not null:
                    session.ForgetStates();
                    return new Written<TResponse>(Answer(appended));

                case AppendOutcome.Appended appended:
                    session.KeepStates(appended.RecordedAt);
                    return new Written<TResponse>(Answer(appended));

                case AppendOutcome.Conflict conflict when request.ExpectedVersion is not null && conflict.Stream == addressed:
                    return await FirstAnswerAsync(request, cancellation) ?? Problem.VersionMismatch(conflict.Actual);

                case AppendOutcome.Conflict when tries++ < TriesMax:
                    isFresh = true;
                    continue;

                case var outcome:
                    session.ForgetStates();
                    return ToResult(outcome);
            }

            StoredAnswer Answer(AppendOutcome.Appended appended)
            {
                var response = answer(session, appended.Position);
                var version = addressed is null ? (long?)null : session.VersionOf(addressed);
                return location is not null && session.HasDecided
                    ? StoredAnswer.Created(response, version, location, json.Value.SerializerOptions)
                    : StoredAnswer.Ok(response, version, json.Value.SerializerOptions);
            }
        }
    }

    /// <summary>What the decision would do to pay, in the place of the answer that it would get.</summary>
    private async Task<IResult> TellAsync<TResponse>(
        WriteRequest request, StreamSession session, Func<StreamSession, long, TResponse> answer, CancellationToken cancellation)
    {
        var (impact, refusal) = await impacts.OfAsync(request.Caller.Tenant, session.Writes, cancellation);
        var head = await store.HeadAsync(cancellation);
        return refusal is not null ? Problem.From(refusal)
            : answer(session, head.Position) is CommandResponse response ? TypedResults.Ok(response with { Impact = impact })
            : throw new InvariantViolationException("A dry run is of commands with the common answer.");
    }

    /// <summary>
    /// An empty decision writes nothing, but claims its key if it has one, so that a repeat gets the same answer later too.
    /// </summary>
    private async Task<AppendOutcome> AppendAsync(
        WriteRequest request, StreamSession session, Func<AppendOutcome.Appended, StoredAnswer> answer,
        CancellationToken cancellation)
    {
        if (!session.HasDecided && request.IdempotencyKey is null)
        {
            var head = await store.HeadAsync(cancellation);
            return new AppendOutcome.Appended(head.Position, head.RecordedAt ?? default, []);
        }

        return await store.AppendAsync(
            new Append(request.Caller.Tenant, session.Writes)
            {
                Guards = session.HasDecided ? session.Guards : [],
                Erasure = session.HasDecided ? session.Erasure : null,
                Claim = request.IdempotencyKey is { } key
                    ? new IdempotencyClaim(key, request.Hash, appended => answer(appended).Encode())
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
}
