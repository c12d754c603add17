using SalesOps.Api.Assignments;
using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary>Reads what attainment is made of.</summary>
internal static class AttainmentQuery
{
    /// <summary>The months of quotas that lie in a period, whatever periods they were given for.</summary>
    public static async Task AddQuotasAsync(
        this FactReader facts, Attainment attainment, Period days, Measure measure, SplitKind kind,
        DateTimeOffset validAt, CancellationToken cancellation)
    {
        foreach (var (holder, month, amount) in await facts.QuotaMonthsAsync(days, measure, kind, validAt, cancellation))
        {
            attainment.AddQuota(holder, month, amount);
        }
    }

    /// <summary>The months of quotas that lie in a period, in the order of the quotas.</summary>
    public static async Task<IReadOnlyList<(QuotaHolder Holder, DateOnly Month, QuotaAmount Amount)>> QuotaMonthsAsync(
        this FactReader facts, Period days, Measure measure, SplitKind kind, DateTimeOffset validAt,
        CancellationToken cancellation)
    {
        const string sql = """
            select holder_kind, holder_id, currency, active_from, active_to, months, month_amounts from quota_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and active_from < $5 and active_to > $4 and measure = $6 and credit = $7
            order by quota_id
            """;
        await using var query = facts.Query(sql, validAt);
        query.Parameters.Add(FactParameter.Date(days.From));
        query.Parameters.Add(FactParameter.Date(days.To));
        query.Parameters.Add(FactParameter.Text(EnumName<Measure>.Of(measure)));
        query.Parameters.Add(FactParameter.Text(EnumName<SplitKind>.Of(kind)));
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var months = new List<(QuotaHolder Holder, DateOnly Month, QuotaAmount Amount)>();
        while (await rows.ReadAsync(cancellation))
        {
            var holder = new QuotaHolder(EnumName<QuotaHolderKind>.Parse(rows.GetString(0)), rows.GetString(1));
            var active = new Period(rows.GetFieldValue<DateOnly>(3), rows.GetFieldValue<DateOnly>(4));
            var amounts = rows.GetFieldValue<decimal[]>(6);
            foreach (var (index, month) in rows.GetFieldValue<DateOnly[]>(5).Index())
            {
                if (days.Contains(month) && month < active.To && month.AddMonths(1) > active.From)
                {
                    months.Add((holder, month, new(amounts[index], rows.TextOf(2))));
                }
            }
        }

        return months;
    }

    /// <summary>
    /// What was won in a period, by whom (RULES R14): by the deal's shares, else by whoever had its account on the credit
    /// date, else by its owner. Overlay credit is a part of the amount on top of it.
    /// </summary>
    /// <param name="territoriesOf">The leaf of each account on a day; only asked where there is something to place.</param>
    public static async Task AddCreditsAsync(
        this FactReader facts, Attainment attainment, Period days, Measure measure, SplitKind kind,
        DateTimeOffset validAt, Func<DateOnly, IReadOnlyList<AccountId>, Task<IReadOnlyDictionary<AccountId, TerritoryId>>>? territoriesOf,
        CancellationToken cancellation)
    {
        var credits = await facts.CreditedAsync(days, measure, validAt, cancellation);
        foreach (var day in credits.GroupBy(credited => credited.On))
        {
            var leaves = territoriesOf is null
                ? new Dictionary<AccountId, TerritoryId>()
                : await territoriesOf(day.Key, [.. day.Select(credited => credited.AccountId).OfType<AccountId>().Distinct()]);
            foreach (var credited in day)
            {
                TerritoryId? leaf = credited.AccountId is { } account && leaves.TryGetValue(account, out var found) ? found : null;
                foreach (var (rep, amount) in credited.SharesOf(kind))
                {
                    attainment.AddCredit(rep, credited.On, amount, leaf);
                }
            }
        }
    }

    private static async Task<IReadOnlyList<CreditedDeal>> CreditedAsync(
        this FactReader facts, Period days, Measure measure, DateTimeOffset validAt, CancellationToken cancellation)
    {
        await using var query = facts.Query(
            $"""
            select d.closed_on, coalesce(a.rep_id, d.owner_id), d.amount, d.currency, d.units, d.account_id, d.share_reps,
              d.share_percents, d.overlay_reps, d.overlay_percents
            from deal_facts d left join {facts.AccountOwner()}
            where {facts.Holding("d")} and d.status <> 'open' and d.status = 'won' and d.closed_on >= $4 and d.closed_on < $5
            order by d.closed_on, d.deal_id
            """,
            validAt);
        query.Parameters.Add(FactParameter.Date(days.From));
        query.Parameters.Add(FactParameter.Date(days.To));
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var credits = new List<CreditedDeal>();
        while (await rows.ReadAsync(cancellation))
        {
            var amount = measure == Measure.Units ? new QuotaAmount(rows.GetDecimal(4))
                : rows.MoneyOf(2, 3) is { } money ? new QuotaAmount(money.Amount, money.Currency)
                : null;
            if (amount is not null)
            {
                credits.Add(new(
                    rows.GetFieldValue<DateOnly>(0), amount, rows.TextOf(1) is { } rep ? new RepId(rep) : null,
                    rows.TextOf(5) is { } account ? new AccountId(account) : null,
                    rows.GetFieldValue<string[]>(6), rows.GetFieldValue<decimal[]>(7),
                    rows.GetFieldValue<string[]>(8), rows.GetFieldValue<decimal[]>(9)));
            }
        }

        return credits;
    }

    /// <summary>A won deal with who is credited.</summary>
    /// <param name="Else">Who has all of the revenue where nobody shares it.</param>
    private sealed record CreditedDeal(
        DateOnly On, QuotaAmount Amount, RepId? Else, AccountId? AccountId, string[] Reps, decimal[] Percents,
        string[] OverlayReps, decimal[] OverlayPercents)
    {
        public IEnumerable<(RepId? Rep, QuotaAmount Amount)> SharesOf(SplitKind kind) => kind switch
        {
            SplitKind.Overlay => OverlayReps.Zip(OverlayPercents, (rep, percent) =>
                ((RepId?)new RepId(rep), (Amount with { Value = Amount.Value * percent / 100 }).Rounded())),
            _ when Reps is [] => [(Else, Amount)],
            _ => Reps.Zip(Amount.Allocate(Percents), (rep, share) => ((RepId?)new RepId(rep), Amount with { Value = share })),
        };
    }
}
