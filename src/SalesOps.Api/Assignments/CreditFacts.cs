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
    public static string AccountOwner(this FactReader facts) => $"""
        assignment_facts a on a.account_id = d.account_id and a.role = 'owner' and a.rep_id is not null
          and not a.is_conflict and cardinality(d.share_reps) = 0 and {facts.Known("a")}
          and a.valid_from <= case when d.status = 'open' then $2
            else (d.closed_on + 1)::timestamp at time zone 'UTC' - interval '1 microsecond' end
          and a.valid_to > case when d.status = 'open' then $2
            else (d.closed_on + 1)::timestamp at time zone 'UTC' - interval '1 microsecond' end
        """;

    /// <summary>
    /// By rep the quota of the period in which the instant falls, and what is credited to the rep: open, or won in that
    /// period, in the currency of the quota.
    /// </summary>
    /// <param name="reps">Absent for all.</param>
    public static async Task<Dictionary<string, (Money? Quota, Money? Pipeline)>> HeadroomsAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<string>? reps, CancellationToken cancellation)
    {
        await using var command = facts.Query(
            $"""
            with quota as (
              select holder_id rep_id, total, currency, active_from, active_to from quota_facts q
              where {facts.Holding("q")} and ($5::varchar[] is null or holder_id = any($5))
                and holder_kind = 'rep' and measure = 'bookings' and active_from <= $4 and active_to > $4),
            reach as (select min(active_from) first, max(active_to) last from quota),
            credited as (
              select coalesce(s.rep_id, a.rep_id, d.owner_id) rep_id, d.currency, d.closed_on,
                sum(d.amount * coalesce(s.percent, 100) / 100) amount
              from reach cross join deal_facts d
              left join lateral unnest(d.share_reps, d.share_percents) s (rep_id, percent) on true
              left join {facts.AccountOwner()}
              where {facts.Holding("d")} and d.amount is not null and first is not null
                and (d.status = 'open' or (d.status = 'won' and d.closed_on >= first and d.closed_on < last))
                and ($5::varchar[] is null or d.owner_id = any($5) or (d.share_reps <> '{"{}"}' and d.share_reps && $5)
                  or d.account_id = any(array(
                    select a.account_id from assignment_facts a
                    where {facts.Known("a")} and a.role = 'owner' and a.rep_id = any($5))))
              group by 1, 2, 3)
            select q.rep_id, q.total, q.currency, coalesce(sum(c.amount), 0)
            from quota q left join credited c on c.rep_id = q.rep_id and c.currency = q.currency
              and (c.closed_on is null or (c.closed_on >= q.active_from and c.closed_on < q.active_to))
            group by q.rep_id, q.total, q.currency
            """,
            validAt);
        command.Parameters.Add(FactParameter.Date(BusinessCalendar.Utc.DateOf(validAt)));
        command.Parameters.Add(FactParameter.Any(reps));
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
