using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/ledger/entries/{entryId}/explanation</c></summary>
internal sealed class ExplainEntryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/ledger/entries/{entryId}/explanation", HandleAsync)
        .WithName("ExplainLedgerEntry").WithTags("Ledger")
        .WithSummary("Why an entry is there: clause, numbers, what was posted of it before, and the events behind it.")
        .RequireAuthorization(Policies.ReadLedger)
        .Produces<Response>()
        .Problems(404, 422);

    private static Task<IResult> HandleAsync(
        string entryId, KnownBy known, Caller caller, FactReads reads, EventStore store, TimeProvider time,
        CancellationToken cancellation)
    {
        var at = new ReadAt(caller.Calendar.EndOf(DateOnly.MaxValue), known.KnownAt, known.MinPosition);
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var reach = new LedgerReach(asOf.Position, known.KnownAt);
            if (await LedgerQuery.FindAsync(facts.Connection, caller.Tenant, reach, entryId, cancellation) is not { } found
                || !await facts.SeesPayAsync(found.Line.RepId, time.GetUtcNow(), cancellation))
            {
                return Problem.NotFound("entry", entryId);
            }

            // The journal itself has what the table leaves out.
            var stream = await store.ReadStreamAsync(caller.Tenant, StreamKinds.Ledgers.NameOf(found.Stream), cancellation);
            var lines = stream.Where(recorded => recorded.Position <= asOf.Position).SelectMany(LinesOf).ToArray();
            var line = lines.Single(posted => posted.Id == found.Line.Id);
            Guid[] ids =
            [
                .. (line.Line.Sources ?? []).Append(line.CauseEventId).OfType<string>().Select(Guid.Parse).Distinct(),
            ];
            var sources = await store.FindEventsAsync(caller.Tenant, ids, cancellation);
            var journal = stream.Single(recorded => recorded.Position == line.Position);
            return TypedResults.Ok(Response.Of(line, journal, lines, sources));
        }
    }

    private static IEnumerable<PostedLine> LinesOf(RecordedEvent recorded) =>
        EventCatalog.Decode(recorded.Type, recorded.Data.Span) is LedgerEvent.JournalPosted journal
            ? PostedLine.Of(recorded.Id, recorded.Position, journal)
            : [];

    /// <param name="Line">What the entry is a side of.</param>
    /// <param name="Entries">Both sides.</param>
    /// <param name="Inputs">The numbers that went in.</param>
    /// <param name="Target">What the calculation came to; the lines of the same thing sum to it.</param>
    /// <param name="Posted">Every line of the same thing up to this one, which is the last.</param>
    /// <param name="Cause">The event that gave rise to the journal.</param>
    /// <param name="Sources">The events that the amount rests on.</param>
    internal sealed record Response(
        StatementLine Line,
        IReadOnlyList<LedgerEntry> Entries,
        PlanReference? Plan,
        IReadOnlyDictionary<string, string> Inputs,
        Money Target,
        IReadOnlyList<PostedPart> Posted,
        HistoryItem Journal,
        HistoryItem? Cause,
        IReadOnlyList<SourceEvent> Sources)
    {
        public static Response Of(
            PostedLine line, RecordedEvent journal, IReadOnlyList<PostedLine> lines, IReadOnlyList<RecordedEvent> sources)
        {
            PostedPart[] posted =
            [
                .. lines.TakeWhile(other => other != line).Append(line)
                    .Where(other => other.Source == line.Source && other.Line.Key == line.Line.Key)
                    .Select(other => new PostedPart(other.Id, other.PostedOn, other.Line.Amount)),
            ];
            return new(
                StatementLine.Of(line),
                [.. LedgerEntry.Of(line, accounts: null)],
                line.Line.PlanId is { } plan
                    ? new(plan.Value, line.Line.PlanVersion ?? 0, LedgerPeriods.PlanPath(plan, line.Line.PlanVersion ?? 0), line.Engine)
                    : null,
                (line.Line.Inputs ?? []).ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal),
                line.Line.Amount with { Amount = posted.Sum(part => part.Amount.Amount) },
                posted,
                HistoryItem.Of([journal])[0],
                sources.FirstOrDefault(source => source.Id.ToString() == line.CauseEventId) is { } cause
                    ? HistoryItem.Of([cause])[0]
                    : null,
                [
                    .. sources.Where(source => line.Line.Sources?.Contains(source.Id.ToString()) == true)
                        .Select(source => new SourceEvent(source.Stream, HistoryItem.Of([source])[0])),
                ]);
        }
    }

    /// <summary>The plan behind a line.</summary>
    /// <param name="Href">Where its version is read.</param>
    internal sealed record PlanReference(string PlanId, int Version, string Href, string? Engine);

    /// <summary>A line of the same thing.</summary>
    internal sealed record PostedPart(string Id, DateOnly PostedOn, Money Amount);

    /// <summary>An event behind a line, and where it is recorded.</summary>
    internal sealed record SourceEvent(string Stream, HistoryItem Event);
}
