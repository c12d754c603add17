using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Territories;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>GET /v1/attainment</c></summary>
internal sealed class AttainmentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/attainment", HandleAsync)
        .WithName("GetAttainment").WithTags("Quotas")
        .WithSummary("What was credited in a period against the quotas of it, each currency by itself.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        string period, Choice<AttainmentGrouping>? groupBy, Choice<Measure>? measure, Choice<SplitKind>? credit, ReadAt at,
        ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        if (Period.Find(period) is not { } days)
        {
            return Problem.BrokenRule(InputError.InParameter(
                "period", "period-unknown", "A period is a month, quarter or year, such as 2026-03, 2026-Q1 or 2026."));
        }

        var chosen = measure?.Value ?? Measure.Bookings;
        var kind = credit?.Value ?? SplitKind.Revenue;
        return chosen == Measure.Margin
            ? Problem.BrokenRule(InputError.InParameter("measure", "measure-not-credited", "No deal says its margin yet."))
            : await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var organisation = await facts.OrganisationAsync(cancellation);
            var territories = groupBy?.Value == AttainmentGrouping.Territory
                ? (await facts.TerritoryMapAsync(at.ValidAt, cancellation)).Territories.Values.ToDictionary(
                    territory => territory.Id.Value, StringComparer.Ordinal)
                : null;
            var attainment = new Attainment(groupBy?.Value, organisation, caller.Calendar, at.ValidAt)
            {
                Territories = territories?.ToDictionary(entry => entry.Key, entry => entry.Value.ParentId?.Value)
                    ?? new Dictionary<string, string?>(),
            };
            await facts.AddQuotasAsync(attainment, days, chosen, kind, at.ValidAt, cancellation);
            await facts.AddCreditsAsync(
                attainment, days, chosen, kind, at.ValidAt, territories is null ? null : LeavesAsync, cancellation);
            Item[] items = [.. attainment.Items().Select(item => Item.Of(item, LabelOf(item.Key)))];
            if (items is [] && groupBy is null)
            {
                items = [new(GroupKey.All, null, null, null, null, Ratio.NoDenominator, null)];
            }

            var rate = attainment.Rate();
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, period, groupBy?.Value, chosen, kind, items, rate.Value, rate.Reason));

            string? LabelOf(string key) => groupBy?.Value switch
            {
                AttainmentGrouping.Rep or AttainmentGrouping.Manager => organisation.Find(new RepId(key), at.ValidAt)?.Name,
                AttainmentGrouping.Territory => territories!.GetValueOrDefault(key)?.Name,
                _ => null,
            };

            // An account belongs to the territory that it was in on the credit date, whatever has become of the tree since.
            async Task<IReadOnlyDictionary<AccountId, TerritoryId>> LeavesAsync(DateOnly on, IReadOnlyList<AccountId> accounts)
            {
                var creditedAt = caller.Calendar.EndOf(on);
                var leaves = await facts.TerritoriesOfAsync(
                    creditedAt < at.ValidAt ? creditedAt : at.ValidAt, accounts.Select(account => (AccountId?)account), cancellation);
                return leaves.ToDictionary(leaf => leaf.Key, leaf => leaf.Value.Id);
            }
        }
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Text("currency", item => (item.Quota ?? item.Credited)?.Currency),
        CsvColumn<Item>.Number("quota", item => item.Quota?.Value),
        CsvColumn<Item>.Number("credited", item => item.Credited?.Value),
        new("attainment", item => item.Attainment is { } ratio ? RatioText.Write(ratio) : null),
        CsvColumn<Item>.Text("reason", item => item.Reason),
    ];

    /// <param name="Credit">Revenue, or overlay credit against the quotas for it.</param>
    /// <param name="Rate">The share of quota holders at or above 100 percent.</param>
    /// <param name="Reason">Why there is no rate.</param>
    internal sealed record Response(
        AsOfView AsOf, string Period, AttainmentGrouping? GroupBy, Measure Measure, SplitKind Credit,
        IReadOnlyList<Item> Items, decimal? Rate, string? Reason);

    /// <param name="Quota">Absent where nobody asked for anything.</param>
    /// <param name="Reason">Why there is no attainment.</param>
    /// <param name="Cumulative">From the first month or quarter up to this one.</param>
    internal sealed record Item(
        string Key, string? Label, QuotaAmount? Quota, QuotaAmount? Credited, decimal? Attainment, string? Reason,
        Figures? Cumulative)
    {
        public static Item Of(AttainmentItem item, string? label) => new(
            item.Key, label, item.Figures.Quota, item.Figures.Credited, item.Figures.Ratio.Value, item.Figures.Ratio.Reason,
            item.Cumulative is { } sums ? new(sums.Quota, sums.Credited, sums.Ratio.Value, sums.Ratio.Reason) : null);
    }

    internal sealed record Figures(QuotaAmount? Quota, QuotaAmount? Credited, decimal? Attainment, string? Reason);
}
