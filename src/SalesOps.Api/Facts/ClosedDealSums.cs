using System.Runtime.CompilerServices;
using Npgsql;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Facts;

/// <summary>Reads closed deals that are alike in what they are grouped by as one.</summary>
internal static class ClosedDealSums
{
    // A day counts where the owner's place on it does, else its month: no group is finer.
    private const string Sql = """
        select status, day, owner, sum(amount), currency, source, competitor, count(*)
        from (
          select status, case when $6 then closed_on else date_trunc('month', closed_on)::date end as day,
            case when $7 then owner_id end as owner, amount, currency,
            case when $8 then source end as source, case when $9 then competitor end as competitor
          from deal_facts
          where tenant_id = $1 and status <> 'open'
            and closed_on >= coalesce($4, '-infinity') and closed_on < coalesce($5, 'infinity')
            and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3) closed
        group by status, day, owner, currency, source, competitor, amount is null
        """;

    /// <summary>The deals that are won or lost at an instant and closed in a range of dates.</summary>
    public static async IAsyncEnumerable<ClosedDeal> AlikeClosedDealsAsync(
        this FactReader facts, DateTimeOffset validAt, DateOnly? from, DateOnly? to, ClosedDealGrouping? groupBy,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var byPlace = groupBy is ClosedDealGrouping.Manager or ClosedDealGrouping.Team or ClosedDealGrouping.Office;
        await using var command = facts.Query(Sql, validAt);
        command.Parameters.Add(FactParameter.Date(from));
        command.Parameters.Add(FactParameter.Date(to));
        foreach (var counts in (bool[])
            [
                byPlace, byPlace || groupBy == ClosedDealGrouping.Owner, groupBy == ClosedDealGrouping.Source,
                groupBy == ClosedDealGrouping.Competitor,
            ])
        {
            command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = counts });
        }

        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var day = rows.GetFieldValue<DateOnly>(1);
            yield return new(
                EnumName<DealStatus>.Parse(rows.GetString(0)), day, day,
                rows.TextOf(2) is { } owner ? new RepId(owner) : null,
                rows.MoneyOf(3, 4), rows.TextOf(5), rows.TextOf(6), [])
            {
                Deals = rows.GetInt64(7),
            };
        }
    }
}
