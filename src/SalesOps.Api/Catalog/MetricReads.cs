using System.Text.Json;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Quotas;
using SalesOps.Domain;
using SalesOps.Domain.Catalog;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
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
        if (measure == MetricMeasure.AttainmentRate)
        {
            var attainment = new Attainment(null, await facts.OrganisationAsync(cancellation), caller.Calendar, validAt);
            await facts.AddQuotasAsync(attainment, days, QuotaMeasure.Bookings, SplitKind.Revenue, validAt, cancellation);
            await facts.AddCreditsAsync(
                attainment, days, QuotaMeasure.Bookings, SplitKind.Revenue, validAt, territoriesOf: null, cancellation);
            return attainment.Rate();
        }

        var (wins, won, cycle) = (new WinTally(), new BookingsTally(), new CycleTally());
        await foreach (var deal in facts.ClosedDealsAsync(
            validAt, days.From, days.To, [DealStatus.Won, DealStatus.Lost], cancellation))
        {
            wins.Add(deal, deal.Amount);
            if (deal.Status == DealStatus.Won)
            {
                won.Add(deal, deal.Amount);
                cycle.Add(deal, deal.Amount);
            }
        }

        return measure switch
        {
            MetricMeasure.WinRate => wins.RateByCount,
            MetricMeasure.WinRateByValue => wins.RateByValue,
            MetricMeasure.DealsWon => new(won.Deals, null),
            MetricMeasure.Bookings => won.Amounts.OfOneCurrency is var (sum, _) ? new(sum.Amount, null)
                : Ratio.Absent(won.Amounts.IsMixed ? Ratio.MixedCurrencies : "no-deals"),
            MetricMeasure.AverageDeal => won.Average is { } average ? new(average.Amount, null) : Ratio.Absent(won.Reason!),
            _ => cycle.Days.Mean is { } mean ? new(mean, null) : Ratio.Absent(Ratio.NoDenominator),
        };
    }
}
