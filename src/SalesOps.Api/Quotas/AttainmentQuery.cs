using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary>Reads what attainment is made of.</summary>
internal static class AttainmentQuery
{
    /// <summary>The months of quotas that lie in a period, whatever periods they were given for.</summary>
    public static async Task AddQuotasAsync(
        this FactReader facts, Attainment attainment, Period days, QuotaMeasure measure, DateTimeOffset validAt,
        CancellationToken cancellation)
    {
        const string sql = """
            select holder_kind, holder_id, currency, active_from, active_to, months, month_amounts from quota_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and active_from < $5 and active_to > $4 and measure = $6
            order by quota_id
            """;
        await using var query = facts.Query(sql, validAt);
        query.Parameters.Add(FactParameter.Date(days.From));
        query.Parameters.Add(FactParameter.Date(days.To));
        query.Parameters.Add(FactParameter.Text(EnumName<QuotaMeasure>.Of(measure)));
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var holder = new QuotaHolder(EnumName<QuotaHolderKind>.Parse(rows.GetString(0)), rows.GetString(1));
            var active = new Period(rows.GetFieldValue<DateOnly>(3), rows.GetFieldValue<DateOnly>(4));
            var amounts = rows.GetFieldValue<decimal[]>(6);
            foreach (var (index, month) in rows.GetFieldValue<DateOnly[]>(5).Index())
            {
                if (days.Contains(month) && month < active.To && month.AddMonths(1) > active.From)
                {
                    attainment.AddQuota(holder, month, new(amounts[index], rows.TextOf(2)));
                }
            }
        }
    }

    /// <summary>What was won in a period, by whom: by the deal's shares where it has some, else by its owner (RULES R14).</summary>
    public static async Task AddCreditsAsync(
        this FactReader facts, Attainment attainment, Period days, QuotaMeasure measure, DateTimeOffset validAt,
        CancellationToken cancellation)
    {
        const string sql = """
            select closed_on, owner_id, amount, currency, units, share_reps, share_percents from deal_facts
            where tenant_id = $1 and status <> 'open' and status = 'won' and closed_on >= $4 and closed_on < $5
              and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
            """;
        await using var query = facts.Query(sql, validAt);
        query.Parameters.Add(FactParameter.Date(days.From));
        query.Parameters.Add(FactParameter.Date(days.To));
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var amount = measure == QuotaMeasure.Units ? new QuotaAmount(rows.GetDecimal(4))
                : rows.MoneyOf(2, 3) is { } money ? new QuotaAmount(money.Amount, money.Currency)
                : null;
            if (amount is null)
            {
                continue;
            }

            var closedOn = rows.GetFieldValue<DateOnly>(0);
            var reps = rows.GetFieldValue<string[]>(5);
            if (reps is [])
            {
                attainment.AddCredit(rows.TextOf(1) is { } owner ? new RepId(owner) : null, closedOn, amount);
                continue;
            }

            foreach (var (index, share) in amount.Allocate(rows.GetFieldValue<decimal[]>(6)).Index())
            {
                attainment.AddCredit(new RepId(reps[index]), closedOn, amount with { Value = share });
            }
        }
    }
}
