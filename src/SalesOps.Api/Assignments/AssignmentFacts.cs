using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Api.Territories;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Assignments;

/// <summary>Reads from one snapshot what decisions about assignments know of reps.</summary>
internal static class AssignmentFacts
{
    /// <summary>Every rep, with all that decisions about the buyers ask of one.</summary>
    public static async Task<ValueList<Candidate>> CandidatesAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<Buyer> buyers, CancellationToken cancellation)
    {
        const string sql = """
            select rep_id, presence, languages, skills, capacity from rep_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
            """;
        var conflicts = await facts.ConflictsAsync(validAt, buyers, cancellation);
        var loads = await facts.LoadsAsync(validAt, cancellation);
        var records = await facts.RecordsAsync(validAt, buyers, cancellation);
        var contacts = await facts.ContactsAsync(validAt, buyers, cancellation);
        var quotas = await facts.HeadroomsAsync(validAt, cancellation);
        var territories = await facts.TerritoriesByRepAsync(validAt, cancellation);
        await using var command = facts.Query(sql, validAt);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var candidates = new List<Candidate>();
        while (await rows.ReadAsync(cancellation))
        {
            var id = rows.GetString(0);
            var attendance = EnumName<RepPresence>.Parse(rows.GetString(1)) switch
            {
                RepPresence.Departed => Attendance.Departed,
                RepPresence.OnLeave => Attendance.OnLeave,
                _ => Attendance.Present,
            };
            var conflicting = conflicts[id].Order(StringComparer.Ordinal).ToArray();
            var (quota, pipeline) = quotas.GetValueOrDefault(id);
            candidates.Add(new(
                new(id),
                new(
                    attendance, AllOf(territories[id]), ListOf(rows, 2), ListOf(rows, 3),
                    conflicting is [] ? null : [.. conflicting]),
                loads.GetValueOrDefault(id, new(0, 0)) with
                {
                    Capacity = rows.IntegerOf(4),
                    Quota = quota,
                    Pipeline = pipeline,
                },
                contacts.TryGetValue(id, out var known)
                    ? records.GetValueOrDefault(id, TrackRecord.None) with { Contacts = known }
                    : records.GetValueOrDefault(id)));
        }

        return [.. candidates.OrderBy(candidate => candidate.RepId.Value, StringComparer.Ordinal)];
    }

    /// <summary>By rep the accounts among the buyers that the rep must not serve.</summary>
    private static async Task<ILookup<string, string>> ConflictsAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<Buyer> buyers, CancellationToken cancellation)
    {
        const string sql = """
            select rep_id, account_id from assignment_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and is_conflict and account_id = any($4)
            """;
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(FactParameter.Any(buyers.Select(buyer => buyer.Id)));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var conflicts = new List<(string Rep, string Account)>();
        while (await rows.ReadAsync(cancellation))
        {
            conflicts.Add((rows.GetString(0), rows.GetString(1)));
        }

        return conflicts.ToLookup(conflict => conflict.Rep, conflict => conflict.Account, StringComparer.Ordinal);
    }

    /// <summary>By rep the accounts that are assigned or covered and the open leads, and when one was last assigned.</summary>
    private static async Task<Dictionary<string, Workload>> LoadsAsync(
        this FactReader facts, DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string sql = """
            with held as (
              select account_id, rep_id, covered_by, since from assignment_facts
              where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                and not is_conflict)
            select rep_id, count(distinct served), count(*) filter (where since > $4), max(since)
            from (
              select account_id served, rep_id, since from held where rep_id is not null
              union all
              select account_id, covered_by, null from held where covered_by is not null
              union all
              select 'lead/' || lead_id, owner_id, owner_since from lead_facts
              where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                and status in ('new', 'qualified') and owner_id is not null) open
            group by rep_id
            """;
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(FactParameter.Instant(validAt.AddDays(-Routing.FairnessDays)));
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

    /// <summary>By rep what was won, in all and with accounts like the buyers.</summary>
    private static async Task<Dictionary<string, TrackRecord>> RecordsAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<Buyer> buyers, CancellationToken cancellation)
    {
        const string sql = """
            select d.owner_id,
                case when lower(a.segment) = any($4) then lower(a.segment) end,
                case when lower(a.industry) = any($5) then lower(a.industry) end,
                case when lower(a.buying_process) = any($6) then lower(a.buying_process) end,
                case when d.account_id = any($7) then d.account_id end,
                count(*)
            from deal_facts d
            left join account_facts a on a.tenant_id = $1 and a.account_id = d.account_id
              and a.valid_from <= $2 and a.valid_to > $2 and a.known_from <= $3 and a.known_to > $3
            where d.tenant_id = $1 and d.status = 'won' and d.owner_id is not null
              and d.valid_from <= $2 and d.valid_to > $2 and d.known_from <= $3 and d.known_to > $3
            group by 1, 2, 3, 4, 5
            """;
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(KeysOf(buyer => buyer.Segment));
        command.Parameters.Add(KeysOf(buyer => buyer.Industry));
        command.Parameters.Add(KeysOf(buyer => buyer.BuyingProcess));
        command.Parameters.Add(FactParameter.Any(buyers.Select(buyer => buyer.Id)));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var won = new List<Win>();
        while (await rows.ReadAsync(cancellation))
        {
            won.Add(new(
                rows.GetString(0), rows.TextOf(1), rows.TextOf(2), rows.TextOf(3), rows.TextOf(4), (int)rows.GetInt64(5)));
        }

        return won.GroupBy(win => win.Rep, StringComparer.Ordinal).ToDictionary(
            wins => wins.Key,
            wins => new TrackRecord(
                wins.Sum(win => win.Count), TalliesOf(wins, win => win.Segment), TalliesOf(wins, win => win.Industry),
                TalliesOf(wins, win => win.BuyingProcess), TalliesOf(wins, win => win.Account)),
            StringComparer.Ordinal);

        NpgsqlParameter KeysOf(Func<Buyer, string?> of) =>
            FactParameter.Any(buyers.Select(of).OfType<string>().Select(Lower).Distinct(StringComparer.Ordinal));
    }

    /// <summary>By rep how many people of each account the rep has dealt with.</summary>
    private static async Task<Dictionary<string, ValueList<Tally>>> ContactsAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<Buyer> buyers, CancellationToken cancellation)
    {
        const string sql = """
            select rep, account_id, count(*) from contact_facts, unnest(known_by) rep
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and account_id = any($4)
            group by rep, account_id order by account_id collate "C"
            """;
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(FactParameter.Any(buyers.Select(buyer => buyer.Id)));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var known = new List<(string Rep, Tally Tally)>();
        while (await rows.ReadAsync(cancellation))
        {
            known.Add((rows.GetString(0), new(rows.GetString(1), (int)rows.GetInt64(2))));
        }

        return known.GroupBy(entry => entry.Rep, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => (ValueList<Tally>)[.. group.Select(entry => entry.Tally)], StringComparer.Ordinal);
    }

    /// <summary>By rep the territories that the rep works in.</summary>
    private static async Task<ILookup<string, string>> TerritoriesByRepAsync(
        this FactReader facts, DateTimeOffset validAt, CancellationToken cancellation) =>
        (await facts.TerritoryStaffAsync(validAt, cancellation))
            .SelectMany(staff => staff.Select(rep => (Rep: rep.RepId.Value, Territory: staff.Key.Value)))
            .ToLookup(entry => entry.Rep, entry => entry.Territory, StringComparer.Ordinal);

    private static ValueList<Tally>? TalliesOf(IEnumerable<Win> wins, Func<Win, string?> keyOf)
    {
        var tallies = wins.Where(win => keyOf(win) is not null).GroupBy(win => keyOf(win)!, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Tally(group.Key, group.Sum(win => win.Count))).ToArray();
        return tallies is [] ? null : [.. tallies];
    }

    private static ValueList<string>? AllOf(IEnumerable<string> items) => items.Any()
        ? [.. items.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        : null;

    private static ValueList<string>? ListOf(NpgsqlDataReader rows, int column) =>
        rows.GetFieldValue<string[]>(column) is [_, ..] items ? [.. items] : null;

    private static string Lower(string text) => text.ToLowerInvariant();

    private sealed record Win(string Rep, string? Segment, string? Industry, string? BuyingProcess, string? Account, int Count);
}
