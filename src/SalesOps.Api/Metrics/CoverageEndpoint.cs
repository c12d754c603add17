using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Quotas;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/coverage</c></summary>
internal sealed class CoverageEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/coverage", HandleAsync)
        .WithName("GetCoverage").WithTags("Metrics")
        .WithSummary("How often the open pipeline that closes in a period covers what is left of its quotas, and what of it is missing.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal enum CoverageGrouping
    {
        Rep,
        Team,
        Office,
    }

    /// <param name="From">The first date of the period.</param>
    /// <param name="To">The date after its last.</param>
    /// <param name="WinRateFrom">The first close date of the deals that the win rate is of.</param>
    /// <param name="WinRateTo">The date after the last.</param>
    internal sealed record Response(
        AsOfView AsOf, DateOnly From, DateOnly To, CoverageGrouping? GroupBy, string WinRateDefinition, DateOnly WinRateFrom,
        DateOnly WinRateTo, IReadOnlyList<Item> Items);

    /// <param name="Status">Whether the quota is met; absent without one.</param>
    /// <param name="Won">Credited in the period.</param>
    /// <param name="Open">Amounts of open deals that are to close in the period.</param>
    /// <param name="RequiredCoverage">1 ÷ win rate.</param>
    /// <param name="Reason">Why there is no coverage.</param>
    /// <param name="WinRateReason">Why there is no win rate.</param>
    /// <param name="RequiredCoverageReason">Why no coverage is required.</param>
    internal sealed record Item(
        string Key, string? Label, string? Status, Money? Quota, Money? Won, Money? Remaining, Money? Open, long OpenDeals,
        decimal? Coverage, string? Reason, decimal? WinRate, string? WinRateReason, decimal? RequiredCoverage,
        string? RequiredCoverageReason, Money? PipelineToCreate);

    private static async Task<IResult> HandleAsync(
        string? period, DateRange range, DateOnly? winRateFrom, DateOnly? winRateTo, Choice<CoverageGrouping>? groupBy, ReadAt at,
        ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        var today = caller.Calendar.DateOf(at.ValidAt);
        if ((period is null ? PeriodOf(range, today) : Period.Find(period)) is not { } days)
        {
            return Problem.BrokenRule(InputError.InParameter(
                "period", "period-unknown", "A period is a month, quarter or year, such as 2026-03, 2026-Q1 or 2026, or a range."));
        }

        // The last four quarters' worth of decisions, up to the day asked for.
        var decided = new Period(winRateFrom ?? today.AddDays(-364), winRateTo ?? today.AddDays(1));
        return decided.From > decided.To
            ? Problem.BrokenRule(InputError.InParameter("winRateFrom", "range-reversed", "The range ends before it begins."))
            : await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var organisation = await facts.OrganisationAsync(cancellation);
            var attainment = new Attainment(
                groupBy?.Value switch
                {
                    CoverageGrouping.Rep => AttainmentGrouping.Rep,
                    CoverageGrouping.Team => AttainmentGrouping.Team,
                    CoverageGrouping.Office => AttainmentGrouping.Office,
                    _ => null,
                },
                organisation, caller.Calendar, at.ValidAt);
            await facts.AddQuotasAsync(
                attainment, days, Measure.Bookings, SplitKind.Revenue, at.ValidAt, cancellation);
            await facts.AddCreditsAsync(
                attainment, days, Measure.Bookings, SplitKind.Revenue, at.ValidAt, territoriesOf: null, cancellation);
            var wins = (await new ClosedDealsQuery(at, new(decided.From, decided.To), groupBy?.Value switch
            {
                CoverageGrouping.Rep => ClosedDealGrouping.Owner,
                CoverageGrouping.Team => ClosedDealGrouping.Team,
                CoverageGrouping.Office => ClosedDealGrouping.Office,
                _ => null,
            }).TallyAsync<WinTally>(facts, caller.Calendar, [DealStatus.Won, DealStatus.Lost], cancellation))
                .ToDictionary(group => group.Key, group => group.Tally.RateByCount, StringComparer.Ordinal);
            var open = new Dictionary<(string Key, string Currency), (decimal Amount, long Deals)>();
            await foreach (var deal in facts.OpenDealPathsAsync(at.ValidAt, cancellation))
            {
                if (deal is { Amount: { } amount, ExpectedClose: { } close } && days.Contains(close)
                    && deal.Category != ForecastCategory.Omitted)
                {
                    var key = (KeyOf(deal.OwnerId) ?? GroupKey.None, amount.Currency);
                    var (sum, deals) = open.GetValueOrDefault(key);
                    open[key] = (sum + amount.Amount, deals + 1);
                }
            }

            var figures = attainment.Items()
                .Select(item => (item.Key, (item.Figures.Quota ?? item.Figures.Credited)?.Currency, item.Figures))
                .Where(item => item.Currency is not null)
                .ToDictionary(item => (item.Key, Currency: item.Currency!), item => item.Figures);
            Item[] items =
            [
                .. figures.Keys.Union(open.Keys)
                    .OrderBy(key => key.Key, StringComparer.Ordinal).ThenBy(key => key.Currency, StringComparer.Ordinal)
                    .Select(key => ItemOf(
                        key, LabelOf(key.Key), figures.GetValueOrDefault(key), open.GetValueOrDefault(key),
                        wins.GetValueOrDefault(key.Key, Ratio.Absent(Ratio.NoDenominator)))),
            ];
            if (items is [] && groupBy is null)
            {
                var winRate = wins.GetValueOrDefault(GroupKey.All, Ratio.Absent(Ratio.NoDenominator));
                var required = new Domain.Metrics.Coverage(0, 0, 0, winRate).Required;
                items = [new(GroupKey.All, null, null, null, null, null, null, 0, null, Domain.Metrics.Coverage.NoQuota,
                    winRate.Value, winRate.Reason, required.Value, required.Reason, null)];
            }

            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(
                    asOf, days.From, days.To, groupBy?.Value, "closed.count", decided.From, decided.To, items));

            string? KeyOf(RepId? ownerId) => groupBy?.Value switch
            {
                null => GroupKey.All,
                CoverageGrouping.Rep => ownerId?.Value,
                CoverageGrouping.Team => organisation.Find(ownerId, at.ValidAt)?.Team,
                _ => organisation.Find(ownerId, at.ValidAt)?.Office,
            };

            string? LabelOf(string key) =>
                groupBy?.Value == CoverageGrouping.Rep ? organisation.Find(new RepId(key), at.ValidAt)?.Name : null;
        }
    }

    /// <summary>The range where there is one, the quarter of the day where nothing is asked for; null for half a range.</summary>
    private static Period? PeriodOf(DateRange range, DateOnly today) => range switch
    {
        { From: { } from, To: { } to } => new(from, to),
        { From: null, To: null } => Period.QuarterOf(today),
        _ => null,
    };

    private static Item ItemOf(
        (string Key, string Currency) key, string? label, AttainmentFigures? figures, (decimal Amount, long Deals) open, Ratio winRate)
    {
        var coverage = new Domain.Metrics.Coverage(figures?.Quota?.Value ?? 0, figures?.Credited?.Value ?? 0, open.Amount, winRate);
        var hasQuota = coverage.Quota > 0;
        return new(
            key.Key, label, hasQuota ? coverage.IsMet ? "met" : "open" : null,
            hasQuota ? Of(coverage.Quota) : null, Of(coverage.Won), hasQuota ? Of(Math.Max(0, coverage.Remaining)) : null,
            Of(coverage.Open), open.Deals, coverage.Ratio.Value, coverage.Ratio.Reason, winRate.Value, winRate.Reason,
            coverage.Required.Value, coverage.Required.Reason, coverage.ToCreate is { } missing ? Of(missing) : null);

        Money Of(decimal amount) => new Money(amount, key.Currency).Rounded();
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Text("status", item => item.Status),
        CsvColumn<Item>.Text("currency", item => (item.Open ?? item.Quota)?.Currency),
        CsvColumn<Item>.Amount("quota", item => item.Quota),
        CsvColumn<Item>.Amount("won", item => item.Won),
        CsvColumn<Item>.Amount("remaining", item => item.Remaining),
        CsvColumn<Item>.Amount("open", item => item.Open),
        CsvColumn<Item>.Ratio("coverage", item => item.Coverage),
        CsvColumn<Item>.Text("reason", item => item.Reason),
        CsvColumn<Item>.Ratio("winRate", item => item.WinRate),
        CsvColumn<Item>.Ratio("requiredCoverage", item => item.RequiredCoverage),
        CsvColumn<Item>.Amount("pipelineToCreate", item => item.PipelineToCreate),
    ];
}
