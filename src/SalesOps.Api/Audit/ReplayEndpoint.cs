using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary><c>POST /v1/audit/replay</c></summary>
internal sealed class ReplayEndpoint : IEndpoint
{
    /// <summary>How many differences are shown; that there are more is said.</summary>
    public const int MostDifferences = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/audit/replay", HandleAsync)
        .WithName("ReplayLog").WithTags("Audit")
        .WithSummary("Computes again from the events what reads serve, and compares.")
        .RequireAuthorization(Policies.Audit)
        .WithMetadata(RouteConventions.TimeoutAfter(Longest))
        .IsRecorded()
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        Request body, Caller caller, FactReads reads, EventStore store, Rebuilder rebuilder, IEnumerable<IProjection> projections,
        StatementReplay statements, TimeProvider time, CancellationToken cancellation)
    {
        if (body.Scope == Scope.Snapshot)
        {
            var validAt = body.AsOf?.End(caller.Calendar) ?? caller.Calendar.EndOf(caller.Calendar.DateOf(time.GetUtcNow()));
            return await reads.ReadAsync(
                new(validAt, body.KnownAt?.End(caller.Calendar), null), caller, ReplayPipelineAsync, cancellation);
        }

        if (body.Scope == Scope.Statement)
        {
            return body.RepId is not { } rep ? Problem.BrokenRule(Lacks("/repId"))
                : body.Period is not { } period ? Problem.BrokenRule(Lacks("/period"))
                : Period.Find(period) is not { } days
                    ? Problem.BrokenRule(InputError.InBody("/period", "bad-period", "A period is a month, a quarter or a year of the books."))
                : await statements.RunAsync(
                    rep.Value, period, days, new(body.KnownAt?.End(caller.Calendar), null), caller, cancellation);
        }

        var name = body.Projection ?? "facts";
        if (projections.FirstOrDefault(one => one.Name == name) is not { } projection)
        {
            return Problem.BrokenRule(InputError.InBody("/projection", "projection-unknown", "There is no such projection."));
        }

        return await rebuilder.TryCompareAsync(projection, cancellation) is { } compared
            ? TypedResults.Ok(new Response(
                Scope.Projection, compared.Differences is [], compared.Position, compared.Rows,
                [.. compared.Differences.Take(MostDifferences).Select(Difference.Of)]))
            : Problem.OfStatus(StatusCodes.Status429TooManyRequests);

        static InputError Lacks(string pointer) =>
            InputError.InBody(pointer, "missing-member", "A statement is of a rep and a period.");

        async Task<IResult> ReplayPipelineAsync(FactReader facts, AsOfView asOf)
        {
            var open = await facts.OpenDealsAsync(asOf.ValidAt, new OpenDealFilter(), byAccount: true, cancellation);
            var served = open.ToDictionary(Line.KeyOf, deals => new Line(deals.Deals, deals.Sum?.Amount));
            var again = new Dictionary<string, Line>(StringComparer.Ordinal);
            var knownAt = asOf.KnownAt ?? DateTimeOffset.MinValue;
            var streams = await DealLog.MovedAsync(store, caller.Tenant, DateTimeOffset.MinValue, knownAt, int.MaxValue, cancellation);
            await foreach (var (events, known) in DealLog.ReadAsync(store, caller.Tenant, streams!, cancellation))
            {
                var deal = StreamKinds.Deals.EmptyTimeline(string.Empty).With(known).AsOf(asOf.ValidAt, knownAt);
                if (deal.Status == DealStatus.Open)
                {
                    var key = Line.KeyOf(new(
                        deal.PipelineId, deal.Stage, deal.OwnerId, deal.ForecastCategory, 1, deal.Amount, deal.AccountId));
                    again[key] = again.GetValueOrDefault(key, new(0, deal.Amount is null ? null : 0))
                        .With(deal.Amount?.Amount, events.Last(recorded => recorded.RecordedAt <= knownAt));
                }
            }

            var differences = served.Keys.Union(again.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(key => Difference.Of(key, served.GetValueOrDefault(key), again.GetValueOrDefault(key)))
                .OfType<Difference>().ToArray();
            return TypedResults.Ok(new Response(
                Scope.Snapshot, differences is [], asOf.Position, again.Values.Sum(line => line.Deals),
                [.. differences.Take(MostDifferences)]));
        }
    }

    internal enum Scope
    {
        /// <summary>The open pipeline of an instant, as known at an instant.</summary>
        Snapshot,

        /// <summary>All tables of a projection, as they are now.</summary>
        Projection,

        /// <summary>A rep's statement of a period.</summary>
        Statement,
    }

    /// <param name="Projection">Default: facts.</param>
    /// <param name="RepId">Of a statement: whose it is.</param>
    /// <param name="Period">Of a statement: a month, a quarter or a year.</param>
    internal sealed record Request(
        Scope Scope, DateOrInstant? AsOf, DateOrInstant? KnownAt, string? Projection, RepId? RepId, string? Period);

    /// <param name="Ok">Whether what is served is what the events say.</param>
    /// <param name="Position">How far the log was for both.</param>
    /// <param name="Checked">Deals of a snapshot, rows of a projection, lines of a statement.</param>
    /// <param name="Differences">100 at most.</param>
    internal sealed record Response(Scope Scope, bool Ok, long Position, long Checked, IReadOnlyList<Difference> Differences);

    /// <param name="Key">Which deals: pipeline, stage, owner, category, account and currency. Or which table.</param>
    /// <param name="Served">What reads have; absent where they have nothing there.</param>
    /// <param name="Recomputed">What the events say; absent where they say nothing of it.</param>
    /// <param name="Causes">The last events of the deals that the events put there, some of them.</param>
    internal sealed record Difference(string Key, string? Served, string? Recomputed, IReadOnlyList<Guid>? Causes)
    {
        public static Difference? Of(string key, Line? served, Line? recomputed) =>
            served?.ToString() == recomputed?.ToString() ? null : new(
                key, served?.ToString(), recomputed?.ToString(), recomputed?.Causes);

        public static Difference Of(ProjectionDifference row) =>
            new(row.Table, row.IsExtra ? row.Row : null, row.IsExtra ? null : row.Row, null);
    }

    /// <summary>Deals that are alike, added up.</summary>
    internal sealed record Line(long Deals, decimal? Amount)
    {
        private const int MostCauses = 20;

        public IReadOnlyList<Guid> Causes { get; init; } = [];

        public static string KeyOf(OpenDeals deals) => string.Join(' ', (string?[])
        [
            deals.PipelineId.Value, deals.Stage.Value, deals.OwnerId?.Value ?? "-", deals.Category?.ToString() ?? "-",
            deals.AccountId?.Value ?? "-", deals.Sum?.Currency ?? "-",
        ]);

        public Line With(decimal? amount, RecordedEvent cause) => this with
        {
            Deals = Deals + 1,
            Amount = Amount + amount,
            Causes = Causes.Count < MostCauses ? [.. Causes, cause.Id] : Causes,
        };

        public override string ToString() => Amount is { } sum
            ? FormattableString.Invariant($"{Deals} deals, {sum / 1.0000000000000000000000000000m}")
            : FormattableString.Invariant($"{Deals} deals");
    }
}
