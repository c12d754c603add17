using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Forecasts;

/// <summary>Reads what was said of periods together with what was won in them.</summary>
internal static class AccuracyReads
{
    /// <summary>The periods that begin in a range and are over at an instant.</summary>
    public static IReadOnlyList<(string Key, Period Days)> PeriodsOf(
        IEnumerable<ForecastPeriod> lengths, Period range, DateTimeOffset validAt, BusinessCalendar calendar) =>
    [
        .. lengths.SelectMany(length => PeriodKeys.Within(length, range.From, range.To))
            .Where(one => calendar.EndOf(one.Days.To.AddDays(-1)) <= validAt),
    ];

    /// <summary>What the periods that begin in a range are judged by.</summary>
    public static async Task<(AccuracyPairs Pairs, Organisation Organisation)> AccuracyPairsAsync(
        this FactReader facts, AccuracyGrouping? by, ForecastCategory? category, ForecastBaseline baseline, Period range,
        DateTimeOffset validAt, CancellationToken cancellation)
    {
        var organisation = await facts.OrganisationAsync(cancellation);
        var bookings = await facts.BookingsAsync(range.From.AddMonths(-24), range.To.AddYears(1), validAt, cancellation);
        return (new(by, category, baseline, bookings, organisation), organisation);
    }

    /// <summary>What was said of periods at a horizon, by period.</summary>
    /// <param name="days">Before the end of each period.</param>
    /// <param name="knownThen">Whether only what was recorded here by then counts.</param>
    public static async Task<ILookup<string, RepForecast>> SaidAsync(
        this FactReader facts, IReadOnlyList<(string Key, Period Days)> periods, int days, bool knownThen,
        BusinessCalendar calendar, CancellationToken cancellation) =>
        (await facts.ForecastsAsync(
            [.. periods.Select(one => (one.Key, Horizon.InstantOf(one.Days, days, calendar)))], knownThen, cancellation))
        .ToLookup(forecast => forecast.Period, forecast => forecast.Said);

    /// <summary>The deals that were won in a range of dates, with the date.</summary>
    public static async Task<IReadOnlyDictionary<DealId, DateOnly>> WonOnAsync(
        this FactReader facts, Period range, DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string sql = """
            select deal_id, closed_on from deal_facts
            where tenant_id = $1 and status <> 'open' and status = 'won' and closed_on >= $4 and closed_on < $5
              and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
            """;
        await using var query = facts.Query(sql, validAt);
        query.Parameters.Add(FactParameter.Date(range.From));
        query.Parameters.Add(FactParameter.Date(range.To));
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var won = new Dictionary<DealId, DateOnly>();
        while (await rows.ReadAsync(cancellation))
        {
            won[new(rows.GetString(0))] = rows.GetFieldValue<DateOnly>(1);
        }

        return won;
    }
}
