using System.Text.Json;
using SalesOps.Api.Contracts;
using SalesOps.Api.Costs;
using SalesOps.Api.Facts;
using SalesOps.Api.Forecasts;
using SalesOps.Api.Http;
using SalesOps.Api.Quotas;
using SalesOps.Domain;
using SalesOps.Domain.Catalog;
using SalesOps.Domain.Costs;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Catalog;

/// <summary>Reads the catalogue, and what its metrics come to.</summary>
internal static class MetricReads
{
    /// <summary>All versions of the catalogue's metrics over valid time, by id and time.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<KnownRow<MetricFact>>>> MetricsAsync(
        this FactReader facts, string? id, CancellationToken cancellation)
    {
        const string sql = """
            select metric_id, valid_from, valid_to, known_from, known_to, terms::text, definition_version, is_retired
            from metric_facts
            where tenant_id = $1 and known_from <= $3 and known_to > $3 and ($4::varchar is null or metric_id = $4)
            order by metric_id, valid_from
            """;
        await using var query = facts.Query(sql, DateTimeOffset.MaxValue);
        query.Parameters.Add(FactParameter.Text(id));
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var metrics = new List<(string Id, KnownRow<MetricFact> Row)>();
        while (await rows.ReadAsync(cancellation))
        {
            metrics.Add((rows.GetString(0), new(
                rows.GetFieldValue<DateTimeOffset>(1), rows.GetFieldValue<DateTimeOffset>(2),
                rows.GetFieldValue<DateTimeOffset>(3), rows.GetFieldValue<DateTimeOffset>(4),
                new(
                    JsonSerializer.Deserialize(rows.GetString(5), EventJson.Default.MetricTerms)!, rows.GetInt32(6), rows.GetBoolean(7)))));
        }

        return metrics.GroupBy(metric => metric.Id, StringComparer.Ordinal).ToDictionary(
            metric => metric.Key, IReadOnlyList<KnownRow<MetricFact>> (metric) => [.. metric.Select(version => version.Row)],
            StringComparer.Ordinal);
    }

    /// <summary>
    /// The version that a period is reckoned by: the one in force at its end, and for a period before the first version that
    /// one.
    /// </summary>
    public static MetricFact At(this IReadOnlyList<KnownRow<MetricFact>> versions, DateTimeOffset at) =>
        versions.LastOrDefault(row => row.ValidFrom <= at) is { Row: { } fact } ? fact : versions[0].Row;

    /// <summary>What a measure comes to in a period.</summary>
    public static async Task<Ratio> MeasureAsync(
        this FactReader facts, MetricMeasure measure, Period days, DateTimeOffset validAt, Caller caller,
        CancellationToken cancellation)
    {
        return measure switch
        {
            MetricMeasure.AttainmentRate => await AttainmentRateAsync(),
            MetricMeasure.Cac => await CacAsync(),
            MetricMeasure.Ltv => (await EconomicsAsync()).Ltv,
            MetricMeasure.Payback => (await EconomicsAsync()).Payback,
            MetricMeasure.GrossRetention => (await RetentionAsync()).Gross,
            MetricMeasure.NetRetention => (await RetentionAsync()).Net,
            MetricMeasure.RenewalRate => (await RetentionAsync()).RenewalRate,
            MetricMeasure.ForecastWape => await WapeAsync(),
            MetricMeasure.Ramp => Ramp.MeanOf((await facts.RampsAsync(
                new(days.From, days.To), ForecastPeriod.Month, Ramp.DefaultInARow, Ramp.DefaultThreshold, validAt,
                caller.Calendar, cancellation)).Select(one => one.Ramp.Days)),
            _ => await OfClosedDealsAsync(),
        };

        async Task<Ratio> AttainmentRateAsync()
        {
            var attainment = new Attainment(null, await facts.OrganisationAsync(cancellation), caller.Calendar, validAt);
            await facts.AddQuotasAsync(attainment, days, Measure.Bookings, SplitKind.Revenue, validAt, cancellation);
            await facts.AddCreditsAsync(
                attainment, days, Measure.Bookings, SplitKind.Revenue, validAt, territoriesOf: null, cancellation);
            return attainment.Rate();
        }

        async Task<Ratio> CacAsync()
        {
            var spent = (await facts.CostsAsync(days, validAt, cancellation)).Where(cost => cost.Key.Kind != CostKind.Delivery)
                .GroupBy(cost => cost.Key.Currency).Select(currency => currency.Sum(cost => cost.Value)).ToArray();
            return spent.Length switch
            {
                0 => Ratio.Absent("no-costs"),
                1 => Ratio.Of(spent[0], await facts.NewCustomersAsync(days, validAt, cancellation)),
                _ => Ratio.Absent(Ratio.MixedCurrencies),
            };
        }

        async Task<UnitEconomics> EconomicsAsync() =>
            (await facts.UnitEconomicsAsync(days, currency: null, validAt, caller.Calendar, cancellation)).Inputs;

        async Task<RetentionTally> RetentionAsync() =>
            (await facts.RetentionAsync(days, groupBy: null, caller.Calendar, cancellation)).Tallies
                .GetValueOrDefault(GroupKey.All) ?? new();

        async Task<Ratio> WapeAsync()
        {
            var periods = AccuracyReads.PeriodsOf(Enum.GetValues<ForecastPeriod>(), days, validAt, caller.Calendar);
            var (pairs, _) = await facts.AccuracyPairsAsync(
                AccuracyGrouping.Rep, category: null, ForecastBaseline.LastPeriod, days, validAt, cancellation);
            var said = await facts.SaidAsync(periods, days: 0, knownThen: false, caller.Calendar, cancellation);
            var judged = pairs.Of(periods, horizon: 0, said, models: null, caller.Calendar);
            return judged.Select(one => one.Currency).Distinct().Count() > 1
                ? Ratio.Absent(Ratio.MixedCurrencies)
                : new ForecastAccuracy([.. judged.Select(one => one.Pair)]).Wape;
        }

        async Task<Ratio> OfClosedDealsAsync()
        {
            var closed = new ClosedDealMeasures();
            await foreach (var deal in facts.ClosedDealsAsync(
                validAt, days.From, days.To, [DealStatus.Won, DealStatus.Lost], cancellation))
            {
                closed.Add(deal, deal.Amount);
            }

            return closed.Of(measure)
                ?? throw new ArgumentOutOfRangeException(nameof(measure), measure, "There is no such measure.");
        }
    }
}
