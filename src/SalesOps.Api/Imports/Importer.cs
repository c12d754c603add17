using SalesOps.Store;

namespace SalesOps.Api.Imports;

/// <summary>
/// Records what an import says. A repeated row changes nothing, so an import that broke off is simply repeated. What
/// deals refer to goes first; the rows of one deal stand in one append.
/// </summary>
internal sealed class Importer(EventStore store, TimeProvider time)
{
    private const int StepsPerAppend = 500;
    private const int AppendsInFlight = 4;
    private const int TriesMax = 3;

    public async Task<ImportOutcome> RunAsync(ImportPlan plan, ImportRequest request, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var scope = new ImportScope(
            request.Tenant, plan.Source, request.Actor, request.Key?.Key, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)));
        if (request.Key is { } key && await store.FindAnswerAsync(request.Tenant, key.Key, cancellation) is { } first)
        {
            return first.RequestHash == key.Hash ? new ImportOutcome.Replayed(first.Answer) : new ImportOutcome.KeyReused();
        }

        try
        {
            return request.IsDryRun || request.IsAtomic
                ? await RunAtOnceAsync(plan, request, scope, cancellation)
                : await RunEachAsync(plan, request, scope, cancellation);
        }
        catch (InterruptedException interrupted)
        {
            return new ImportOutcome.Interrupted(interrupted.IsUnknown);
        }
    }

    /// <summary>Decides everything first, on what it decides itself too, and then records it in one append or not at all.</summary>
    private async Task<ImportOutcome> RunAtOnceAsync(
        ImportPlan plan, ImportRequest request, ImportScope scope, CancellationToken cancellation)
    {
        for (var tries = 1; tries <= TriesMax; tries++)
        {
            var decisions = new ImportDecisions(store, scope);
            var results = new List<RowResult>();
            foreach (var rows in Portions([.. plan.References, .. plan.Deals]))
            {
                await decisions.LoadAsync(rows, cancellation);
                results.AddRange(rows.Select(decisions.Decide));
                request.Progress?.Invoke(results.Count);
            }

            var writes = decisions.Writes;
            var events = writes.Sum(write => write.Events.Count);
            ImportAnswer Answer(long position) => ImportAnswer.Of(plan, results, position, request.FailuresOnly);
            var isRejected = !request.IsDryRun && (plan.Failed is not [] || results.Any(row => row.Status == RowStatus.Failed));
            if (isRejected || request.IsDryRun || (writes is [] && request.Key is null))
            {
                var answer = Answer((await store.HeadAsync(cancellation)).Position);
                return isRejected ? new ImportOutcome.Rejected(answer.Withdrawn()) : new ImportOutcome.Done(answer, events);
            }

            if (events > EventStore.MaxAppendEvents)
            {
                return new ImportOutcome.TooLarge(events);
            }

            switch (await AppendAsync(store, request, writes, decisions.Guards, request.Key?.Claiming(Answer), cancellation))
            {
                case AppendOutcome.Appended appended:
                    return new ImportOutcome.Done(Answer(appended.Position), events);
                case AppendOutcome.Duplicate duplicate:
                    return new ImportOutcome.Replayed(duplicate.Answer);
                case AppendOutcome.KeyReused:
                    return new ImportOutcome.KeyReused();
                case AppendOutcome.Conflict:
                    continue;
                case var outcome:
                    throw InterruptedException.By(outcome);
            }
        }

        return new ImportOutcome.Contention();
    }

    private async Task<ImportOutcome> RunEachAsync(
        ImportPlan plan, ImportRequest request, ImportScope scope, CancellationToken cancellation)
    {
        var record = new Recording(store, request, scope);
        foreach (var rows in Portions(plan.References))
        {
            // In order, one after the other: rows of several files may name the same manager.
            await record.RunAsync(rows, cancellation);
        }

        await Parallel.ForEachAsync(
            Portions(plan.Deals),
            new ParallelOptions { MaxDegreeOfParallelism = AppendsInFlight, CancellationToken = cancellation },
            async (rows, stop) => await record.RunAsync(rows, stop));
        ImportAnswer Answer(long head) => ImportAnswer.Of(plan, record.Results, record.Position ?? head, request.FailuresOnly);
        if (request.Key is null)
        {
            return new ImportOutcome.Done(Answer((await store.HeadAsync(cancellation)).Position), record.Events);
        }

        // Last of all: a repeat of an import that broke off before this goes through it again and records the rest.
        return await AppendAsync(store, request, [], [], request.Key.Claiming(Answer), cancellation) switch
        {
            AppendOutcome.Appended appended => new ImportOutcome.Done(Answer(appended.Position), record.Events),
            AppendOutcome.Duplicate duplicate => new ImportOutcome.Replayed(duplicate.Answer),
            AppendOutcome.KeyReused => new ImportOutcome.KeyReused(),
            var outcome => throw InterruptedException.By(outcome),
        };
    }

    private static Task<AppendOutcome> AppendAsync(
        EventStore store, ImportRequest request, IReadOnlyList<StreamWrite> writes, IReadOnlyList<Guard> guards, IdempotencyClaim? claim,
        CancellationToken cancellation) =>
        writes is [] && claim is null
            ? Task.FromResult<AppendOutcome>(new AppendOutcome.Appended(0, default, []))
            : store.AppendAsync(
                new Append(request.Tenant, writes)
                {
                    Guards = writes is [] ? [] : guards,
                    Claim = claim,
                    CorrelationId = request.CorrelationId,
                },
                cancellation);

    /// <summary>Rows in order, about as many as one append takes; the rows of one subject stay together.</summary>
    private static IEnumerable<IReadOnlyList<ImportRow>> Portions(IReadOnlyList<ImportRow> rows)
    {
        var portion = new List<ImportRow>();
        var steps = 0;
        foreach (var row in rows)
        {
            if (steps >= StepsPerAppend && (row.Subject is [] || row.Subject != portion[^1].Subject))
            {
                yield return portion;
                portion = [];
                steps = 0;
            }

            portion.Add(row);
            steps += Math.Max(1, row.Steps.Count);
        }

        if (portion is not [])
        {
            yield return portion;
        }
    }

    /// <summary>The recording of one import, row by row in effect, several appends at a time.</summary>
    private sealed class Recording(EventStore store, ImportRequest request, ImportScope scope)
    {
        private readonly Lock gate = new();
        private readonly List<RowResult> results = [];

        public IReadOnlyList<RowResult> Results => results;

        /// <summary>The last position written; null while nothing is.</summary>
        public long? Position { get; private set; }

        public int Events { get; private set; }

        /// <summary>Records rows in one append. Where that is refused, each subject by itself, so that only the bad one fails.</summary>
        public async Task RunAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancellation)
        {
            for (var tries = 1; ; tries++)
            {
                var decisions = new ImportDecisions(store, scope);
                await decisions.LoadAsync(rows, cancellation);
                var decided = rows.Select(decisions.Decide).ToArray();
                var writes = decisions.Writes;
                var outcome = await AppendAsync(store, request, writes, decisions.Guards, claim: null, cancellation);
                switch (outcome)
                {
                    case AppendOutcome.Appended appended:
                        Add(decided, writes is [] ? null : appended.Position, writes.Sum(write => write.Events.Count));
                        return;
                    case AppendOutcome.Conflict or AppendOutcome.Refused when Subjects(rows) is [_, _, ..] subjects:
                        foreach (var subject in subjects)
                        {
                            await RunAsync(subject, cancellation);
                        }

                        return;
                    case AppendOutcome.Conflict when tries < TriesMax:
                        continue;
                    case AppendOutcome.Conflict:
                        Fail(
                            decided, rows, StatusCodes.Status409Conflict, "contention",
                            "Others changed it at the same time, several times over.");
                        return;
                    case AppendOutcome.Refused:
                        Fail(
                            decided, rows, StatusCodes.Status422UnprocessableEntity, "not-storable",
                            "The database refused what the row states.");
                        return;
                    default:
                        throw InterruptedException.By(outcome);
                }
            }
        }

        private static IReadOnlyList<ImportRow>[] Subjects(IReadOnlyList<ImportRow> rows) =>
            [.. rows.GroupBy(row => row.Subject, StringComparer.Ordinal).Select(group => group.ToArray())];

        private void Fail(RowResult[] decided, IReadOnlyList<ImportRow> rows, int status, string code, string detail) => Add(
            [
                .. decided.Select((result, index) => result.Status == RowStatus.Created
                    ? RowResult.Failed(rows[index], RowProblem.Of(status, code, detail, rows[index].Line))
                    : result),
            ],
            position: null, events: 0);

        private void Add(IReadOnlyList<RowResult> decided, long? position, int events)
        {
            lock (gate)
            {
                results.AddRange(decided);
                Events += events;
                Position = position > (Position ?? 0) ? position : Position;
                request.Progress?.Invoke(results.Count);
            }
        }
    }

    /// <summary>The database was lost in the middle of an import.</summary>
    private sealed class InterruptedException(bool isUnknown) : Exception
    {
        public bool IsUnknown => isUnknown;

        public static Exception By(AppendOutcome outcome) => outcome switch
        {
            AppendOutcome.Unknown => new InterruptedException(isUnknown: true),
            AppendOutcome.Unavailable => new InterruptedException(isUnknown: false),
            AppendOutcome.Refused refused => new InvariantViolationException(
                $"The database refused an import that was decided ({refused.SqlState}): {refused.Message}"),
            _ => new InvariantViolationException($"{outcome.GetType().Name} is no outcome of an import."),
        };
    }
}
