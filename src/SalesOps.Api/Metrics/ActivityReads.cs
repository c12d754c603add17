using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Metrics;

/// <summary>Reads what was noted of deals.</summary>
internal static class ActivityReads
{
    /// <summary>The activities of each deal up to an instant, as known.</summary>
    public static async Task<IReadOnlyDictionary<DealId, DealActivity>> ByDealAsync(
        FactReader facts, DateTimeOffset validAt, BusinessCalendar calendar, CancellationToken cancellation)
    {
        const string sql = """
            select deal_id, min(at), max(at), max(pause), count(*), count(distinct contact_id), min(contact_id)
            from (
              select deal_id, at, contact_id,
                extract(day from at - lag(at) over (partition by deal_id order by at))::int pause
              from activity_facts
              where tenant_id = $1 and at <= $2 and known_from <= $3 and known_to > $3) activity
            group by deal_id
            """;
        await using var command = facts.Query(sql, validAt);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var activities = new Dictionary<DealId, DealActivity>();
        while (await rows.ReadAsync(cancellation))
        {
            activities[new(rows.GetString(0))] = new(
                calendar.DateOf(rows.GetFieldValue<DateTimeOffset>(1)), calendar.DateOf(rows.GetFieldValue<DateTimeOffset>(2)),
                rows.IntegerOf(3) ?? 0, rows.GetInt64(4), rows.GetInt64(5), rows.TextOf(6));
        }

        return activities;
    }
}
