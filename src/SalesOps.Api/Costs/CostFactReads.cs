using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Costs;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Costs;

/// <summary>Reads what customers cost and how many came.</summary>
internal static class CostFactReads
{
    /// <summary>What was spent in a range, by kind and currency; a cost falls evenly to the days of its period.</summary>
    public static async Task<IReadOnlyDictionary<(CostKind Kind, string Currency), decimal>> CostsAsync(
        this FactReader facts, Period range, DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string sql = """
            select kind, currency, sum(amount * (least(to_date, $5) - greatest(from_date, $4)) / (to_date - from_date))
            from cost_facts
            where tenant_id = $1 and from_date < $5 and to_date > $4
              and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
            group by kind, currency
            """;
        await using var query = facts.Query(sql, validAt);
        query.Parameters.Add(FactParameter.Date(range.From));
        query.Parameters.Add(FactParameter.Date(range.To));
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var costs = new Dictionary<(CostKind Kind, string Currency), decimal>();
        while (await rows.ReadAsync(cancellation))
        {
            costs[(EnumName<CostKind>.Parse(rows.GetString(0)), rows.GetString(1))] = rows.GetDecimal(2);
        }

        return costs;
    }

    /// <summary>A page of costs by id.</summary>
    public static Task<IReadOnlyList<Listed<CostFact>>> ListCostsAsync(
        this FactReader facts, DateTimeOffset validAt, string? after, int limit, CancellationToken cancellation)
    {
        const string sql = """
            select cost_id, kind, from_date, to_date, amount, currency from cost_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and cost_id > coalesce($4, '')
            order by cost_id limit $5
            """;
        return FactLists.ReadAsync(
            facts.Query(sql, validAt), after, limit, [],
            rows => new CostFact(
                EnumName<CostKind>.Parse(rows.GetString(1)),
                new(rows.GetFieldValue<DateOnly>(2), rows.GetFieldValue<DateOnly>(3)), rows.MoneyOf(4, 5)!.Value),
            cancellation);
    }

    /// <summary>The accounts whose first won deal closed in a range.</summary>
    public static async Task<long> NewCustomersAsync(
        this FactReader facts, Period range, DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string sql = """
            select count(*) from (
              select min(closed_on) first from deal_facts
              where tenant_id = $1 and status <> 'open' and status = 'won' and account_id is not null and closed_on < $5
                and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              group by account_id) customer
            where first >= $4
            """;
        await using var query = facts.Query(sql, validAt);
        query.Parameters.Add(FactParameter.Date(range.From));
        query.Parameters.Add(FactParameter.Date(range.To));
        return (long)(await query.ExecuteScalarAsync(cancellation))!;
    }
}
