using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Audit;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary><c>GET /v1/audit/fraud-patterns</c></summary>
internal sealed class FraudPatternsEndpoint : IEndpoint
{
    private const int MostFindings = 1_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly string[] looked =
    [
        StreamKinds.Deals.NameOf(string.Empty), StreamKinds.Quotas.NameOf(string.Empty), StreamKinds.Accounts.NameOf(string.Empty),
        StreamKinds.Approvals.NameOf(string.Empty), StreamKinds.Periods.NameOf(string.Empty),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/fraud-patterns", HandleAsync)
        .WithName("ListFraudPatterns").WithTags("Audit")
        .WithSummary("What in the log looks like somebody helped a number along, each with its chain of events.")
        .RequireAuthorization(Policies.Audit)
        .WithMetadata(RouteConventions.TimeoutAfter(Longest))
        .IsRecorded()
        .Produces<Response>();

    private static async Task<IResult> HandleAsync(
        Choices<FraudPattern>? pattern, LogRange range, Caller caller, EventStore store, CancellationToken cancellation)
    {
        var (after, upTo) = await range.ResolveAsync(store, cancellation);
        var patterns = new FraudPatterns();
        var findings = new List<FindingView>();
        var position = 0L;
        // A chain may begin long before the stretch: the log is followed from its beginning, and what ends in it is shown.
        await foreach (var recorded in store.ReadTenantAsync(caller.Tenant, null, 0, upTo, cancellation))
        {
            position = recorded.Position;
            if (!looked.Any(prefix => recorded.Stream.StartsWith(prefix, StringComparison.Ordinal)))
            {
                continue;
            }

            findings.AddRange(patterns.Follow(FactOf(recorded))
                .Where(finding => position > after && pattern?.Values.Contains(finding.Pattern) != false)
                .Select(FindingView.Of));
            if (findings.Count >= MostFindings)
            {
                break;
            }
        }

        return TypedResults.Ok(new Response(findings, position, findings.Count >= MostFindings));
    }

    private static LoggedFact FactOf(RecordedEvent recorded) => new(
        recorded.Position, recorded.Stream, recorded.Headers.Actor, recorded.Headers.SourceRecordedAt ?? recorded.RecordedAt,
        recorded.ToFact());

    /// <param name="Items">In the order in which their chains are complete.</param>
    /// <param name="Position">How far the log was looked at.</param>
    /// <param name="IsCut">Whether there may be more: 1,000 are shown at most; ask on from the position.</param>
    internal sealed record Response(IReadOnlyList<FindingView> Items, long Position, bool IsCut);

    /// <param name="Streams">Which things it is about.</param>
    internal sealed record FindingView(
        FraudPattern Pattern, string Detail, IReadOnlyList<string> Streams, IReadOnlyList<EvidenceView> Evidence)
    {
        public static FindingView Of(FraudFinding finding) => new(
            finding.Pattern, finding.Detail,
            [.. finding.Evidence.Select(item => item.Stream).Distinct(StringComparer.Ordinal)],
            [.. finding.Evidence.Select(EvidenceView.Of)]);
    }

    internal sealed record EvidenceView(
        Guid EventId, long Position, string Stream, string Type, DateTimeOffset EffectiveAt, DateTimeOffset RecordedAt, string Actor)
    {
        public static EvidenceView Of(LoggedFact item) => new(
            item.Fact.Id, item.Position, item.Stream, Domain.EventCatalog.NameOf(item.Fact.Event), item.Fact.EffectiveAt,
            item.Fact.RecordedAt, item.Actor);
    }
}
