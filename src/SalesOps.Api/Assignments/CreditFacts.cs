using SalesOps.Api.Facts;
using SalesOps.Domain;

namespace SalesOps.Api.Assignments;

/// <summary>
/// Reads who is credited with deals, as <see cref="Domain.Assignments.DealCredit"/> says: by the deal's own shares, else
/// whoever has its account on the credit date, else its owner (RULES R14).
/// </summary>
internal static class CreditFacts
{
    /// <summary>
    /// Who has the account of a deal <c>d</c> on its credit date, for a join: the end of the day on which it closed, or the
    /// instant asked about while it is open.
    /// </summary>
    public const string AccountOwner = """
        assignment_facts a on a.tenant_id = $1 and a.account_id = d.account_id and a.role = 'owner' and a.rep_id is not null
          and not a.is_conflict and cardinality(d.share_reps) = 0 and a.known_from <= $3 and a.known_to > $3
          and a.valid_from <= case when d.status = 'open' then $2
            else (d.closed_on + 1)::timestamp at time zone 'UTC' - interval '1 microsecond' end
          and a.valid_to > case when d.status = 'open' then $2
            else (d.closed_on + 1)::timestamp at time zone 'UTC' - interval '1 microsecond' end
        """;

    /// <summary>
    /// By rep the quota of the period in which the instant falls, and what is credited to the rep: open, or won in that
    /// period, in the currency of the quota.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, (Money? Quota, Money? Pipeline)>> HeadroomsAsync(
        this FactReader facts, DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string sql = $"""
            with quota as (
              select holder_id rep_id, total, currency, active_from, active_to from quota_facts
              where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                and holder_kind = 'rep' and measure = 'bookings' and active_from <= $4 and active_to > $4),
            reach as (select min(active_from) first, max(active_to) last from quota),
            credited as (
              select coalesce(s.rep_id, a.rep_id, d.owner_id) rep_id, d.status, d.closed_on, d.currency,
                d.amount * coalesce(s.percent, 100) / 100 amount
              from reach cross join deal_facts d
              left join lateral unnest(d.share_reps, d.share_percents) s (rep_id, percent) on true
              left join {AccountOwner}
              where d.tenant_id = $1 and d.valid_from <= $2 and d.valid_to > $2 and d.known_from <= $3 and d.known_to > $3
                and d.amount is not null and first is not null
                and (d.status = 'open' or (d.status = 'won' and d.closed_on >= first and d.closed_on < last)))
            select q.rep_id, q.total, q.currency, coalesce(sum(c.amount), 0)
            from quota q left join credited c on c.rep_id = q.rep_id and c.currency = q.currency
              and (c.status = 'open' or (c.closed_on >= q.active_from and c.closed_on < q.active_to))
            group by q.rep_id, q.total, q.currency
            """;
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(FactParameter.Date(BusinessCalendar.Utc.DateOf(validAt)));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var quotas = new Dictionary<string, (Money? Quota, Money? Pipeline)>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation))
        {
            var currency = rows.GetString(2);
            quotas[rows.GetString(0)] =
                (new Money(rows.GetDecimal(1), currency), new Money(rows.GetDecimal(3), currency).Rounded());
        }

        return quotas;
    }
}
