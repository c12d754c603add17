using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary>What reps have and have done, whoever the buyer is.</summary>
/// <param name="loads">By rep.</param>
/// <param name="headrooms">By rep.</param>
/// <param name="wins">By rep, what was won, those alike counted together.</param>
internal sealed class RepTotals(
    IReadOnlyDictionary<string, Workload> loads,
    IReadOnlyDictionary<string, (Money? Quota, Money? Pipeline)> headrooms,
    ILookup<string, Win> wins)
{
    public Workload LoadOf(string rep)
    {
        var (quota, pipeline) = headrooms.GetValueOrDefault(rep);
        return loads.GetValueOrDefault(rep, new(0, 0)) with { Quota = quota, Pipeline = pipeline };
    }

    /// <summary>What a rep has done, as far as it matters to some buyers; null for nothing.</summary>
    /// <param name="wonWith">What was won with the buyers themselves.</param>
    /// <param name="contacts">Whom the rep knows there.</param>
    public TrackRecord? RecordOf(string rep, Likeness buyers, ValueList<Tally> wonWith, ValueList<Tally> contacts)
    {
        var won = wins[rep].Sum(win => win.Count);
        return won == 0 && contacts is [] ? null : new(
            won, Of(buyers.Segments, win => win.Segment), Of(buyers.Industries, win => win.Industry),
            Of(buyers.BuyingProcesses, win => win.BuyingProcess), wonWith is [] ? null : wonWith,
            contacts is [] ? null : contacts);

        ValueList<Tally>? Of(IReadOnlySet<string> wanted, Func<Win, string?> keyOf)
        {
            var tallies = wins[rep].Where(win => keyOf(win) is { } key && wanted.Contains(key))
                .GroupBy(win => keyOf(win)!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new Tally(group.Key, group.Sum(win => win.Count))).ToArray();
            return tallies is [] ? null : [.. tallies];
        }
    }
}

/// <summary>What some buyers are like, in lower case.</summary>
internal sealed record Likeness(
    IReadOnlySet<string> Segments, IReadOnlySet<string> Industries, IReadOnlySet<string> BuyingProcesses)
{
    public static Likeness Of(IReadOnlyList<Buyer> buyers)
    {
        return new(Of(buyer => buyer.Segment), Of(buyer => buyer.Industry), Of(buyer => buyer.BuyingProcess));

        HashSet<string> Of(Func<Buyer, string?> of) =>
            buyers.Select(of).OfType<string>().Select(key => key.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
    }
}

/// <summary>Deals won with accounts that are alike; what the accounts are like is in lower case.</summary>
internal sealed record Win(string? Segment, string? Industry, string? BuyingProcess, int Count);

/// <summary>Reads totals of reps from one snapshot.</summary>
internal static class RepTotalFacts
{
    /// <param name="reps">Absent for all.</param>
    public static async Task<RepTotals> RepTotalsAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<string>? reps, CancellationToken cancellation) => new(
            await LoadsAsync(facts, validAt, reps, cancellation),
            await facts.HeadroomsAsync(validAt, reps, cancellation),
            await WinsAsync(facts, validAt, reps, cancellation));

    /// <summary>By rep the accounts that are assigned or covered and the open leads, and when one was last assigned.</summary>
    private static async Task<IReadOnlyDictionary<string, Workload>> LoadsAsync(
        FactReader facts, DateTimeOffset validAt, IReadOnlyList<string>? reps, CancellationToken cancellation)
    {
        await using var command = facts.Query(
            $"""
            with served as (
              select rep_id, account_id, since from assignment_facts a
              where {facts.Holding("a")} and not is_conflict and rep_id is not null
                and ($5::varchar[] is null or rep_id = any($5))
              union all
              select covered_by, account_id, null from assignment_facts a
              where {facts.Holding("a")} and not is_conflict and covered_by is not null
                and ($5::varchar[] is null or covered_by = any($5))
              union all
              select owner_id, 'lead/' || lead_id, owner_since from lead_facts l
              where {facts.Holding("l")} and status in ('new', 'qualified') and owner_id is not null
                and ($5::varchar[] is null or owner_id = any($5))),
            each_once as (
              select rep_id, count(*) filter (where since > $4) recent, max(since) last from served group by rep_id, account_id)
            select rep_id, count(*), sum(recent)::bigint, max(last) from each_once group by rep_id
            """,
            validAt);
        command.Parameters.Add(FactParameter.Instant(validAt.AddDays(-Routing.FairnessDays)));
        command.Parameters.Add(FactParameter.Any(reps));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var loads = new Dictionary<string, Workload>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation))
        {
            loads[rows.GetString(0)] = new(
                (int)rows.GetInt64(1), (int)rows.GetInt64(2),
                LastAssignedAt: rows.IsDBNull(3) ? null : rows.GetFieldValue<DateTimeOffset>(3));
        }

        return loads;
    }

    private static async Task<ILookup<string, Win>> WinsAsync(
        FactReader facts, DateTimeOffset validAt, IReadOnlyList<string>? reps, CancellationToken cancellation)
    {
        await using var command = facts.Query(
            $"""
            select d.owner_id, lower(a.segment), lower(a.industry), lower(a.buying_process), count(*)
            from deal_facts d left join account_facts a on a.account_id = d.account_id and {facts.Holding("a")}
            where {facts.Holding("d")} and d.status = 'won' and d.owner_id is not null
              and ($4::varchar[] is null or d.owner_id = any($4))
            group by 1, 2, 3, 4
            """,
            validAt);
        command.Parameters.Add(FactParameter.Any(reps));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var wins = new List<(string Rep, Win Win)>();
        while (await rows.ReadAsync(cancellation))
        {
            wins.Add((rows.GetString(0), new(rows.TextOf(1), rows.TextOf(2), rows.TextOf(3), (int)rows.GetInt64(4))));
        }

        return wins.ToLookup(entry => entry.Rep, entry => entry.Win, StringComparer.Ordinal);
    }
}
