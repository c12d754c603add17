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
    /// <summary>Of how many reps facts are looked up one by one; of more it is quicker to go through those of all.</summary>
    private const int AskedByName = 100;

    /// <summary>
    /// Every rep, with all that decisions about the buyers ask of one: what a rep has and has done is looked up for those
    /// alone whom their reach does not exclude from every buyer already.
    /// </summary>
    /// <param name="wholly">Reps of whom all is asked, whatever excludes them.</param>
    /// <param name="totalsOfAll">What every rep has and has done.</param>
    public static async Task<ValueList<Candidate>> CandidatesAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<Buyer> buyers, IReadOnlySet<string> wholly,
        Func<Task<RepTotals>> totalsOfAll, CancellationToken cancellation)
    {
        var reps = await facts.RepsAsync(validAt, buyers, cancellation);
        var weighed = reps.Where(rep => wholly.Contains(rep.Id) || buyers.Any(buyer => CanReach(rep, buyer)))
            .Select(rep => rep.Id).ToArray();
        if (weighed is [])
        {
            return [.. reps.Select(rep => new Candidate(new(rep.Id), rep.Reach))];
        }

        var totals = weighed.Length > AskedByName
            ? await totalsOfAll()
            : await facts.RepTotalsAsync(validAt, weighed, cancellation);
        var wonWith = await facts.WonWithAsync(validAt, buyers, cancellation);
        var contacts = await facts.ContactsAsync(validAt, buyers, cancellation);
        var likeness = Likeness.Of(buyers);
        var isWeighed = weighed.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. reps.Select(rep => isWeighed.Contains(rep.Id)
                ? new Candidate(
                    new(rep.Id), rep.Reach, totals.LoadOf(rep.Id) with { Capacity = rep.Capacity },
                    totals.RecordOf(rep.Id, likeness, [.. wonWith[rep.Id]], [.. contacts[rep.Id]]))
                : new(new(rep.Id), rep.Reach)),
        ];
    }

    private static bool CanReach(Rep rep, Buyer buyer) =>
        HardRules.Excluding(buyer, new(new(rep.Id), rep.Reach), openAccounts: 0) is null;

    /// <summary>Every rep by id, and whom each can serve at all.</summary>
    private static async Task<IReadOnlyList<Rep>> RepsAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<Buyer> buyers, CancellationToken cancellation)
    {
        var conflicts = await facts.ConflictsAsync(validAt, buyers, cancellation);
        var territories = await facts.TerritoriesByRepAsync(validAt, cancellation);
        await using var command = facts.Query(
            $"select rep_id, presence, languages, skills, capacity from rep_facts r where {facts.Holding("r")}", validAt);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var reps = new List<Rep>();
        while (await rows.ReadAsync(cancellation))
        {
            var id = rows.GetString(0);
            var attendance = EnumName<RepPresence>.Parse(rows.GetString(1)) switch
            {
                RepPresence.Departed => Attendance.Departed,
                RepPresence.OnLeave => Attendance.OnLeave,
                _ => Attendance.Present,
            };
            reps.Add(new(
                id,
                new(attendance, AllOf(territories[id]), ListOf(rows, 2), ListOf(rows, 3), AllOf(conflicts[id])),
                rows.IntegerOf(4)));
        }

        reps.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        return reps;
    }

    /// <summary>By rep the accounts among the buyers that the rep must not serve.</summary>
    private static async Task<ILookup<string, string>> ConflictsAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<Buyer> buyers, CancellationToken cancellation)
    {
        await using var command = facts.Query(
            $"""
            select rep_id, account_id from assignment_facts a
            where {facts.Holding("a")} and is_conflict and account_id = any($4)
            """,
            validAt);
        command.Parameters.Add(FactParameter.Any(buyers.Select(buyer => buyer.Id)));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var conflicts = new List<(string Rep, string Account)>();
        while (await rows.ReadAsync(cancellation))
        {
            conflicts.Add((rows.GetString(0), rows.GetString(1)));
        }

        return conflicts.ToLookup(conflict => conflict.Rep, conflict => conflict.Account, StringComparer.Ordinal);
    }

    /// <summary>By rep what was won with each of the buyers.</summary>
    private static async Task<ILookup<string, Tally>> WonWithAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<Buyer> buyers, CancellationToken cancellation)
    {
        await using var command = facts.Query(
            $"""
            select owner_id, account_id, count(*) from deal_facts d
            where {facts.Holding("d")} and d.status = 'won' and d.owner_id is not null and d.account_id = any($4)
            group by owner_id, account_id
            """,
            validAt);
        return await command.TalliesAsync(buyers, cancellation);
    }

    /// <summary>By rep how many people of each account the rep has dealt with.</summary>
    private static async Task<ILookup<string, Tally>> ContactsAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<Buyer> buyers, CancellationToken cancellation)
    {
        await using var command = facts.Query(
            $"""
            select rep, account_id, count(*) from contact_facts c, unnest(known_by) rep
            where {facts.Holding("c")} and account_id = any($4)
            group by rep, account_id
            """,
            validAt);
        return await command.TalliesAsync(buyers, cancellation);
    }

    /// <summary>By rep, of a query of rep, account and count about the buyers.</summary>
    private static async Task<ILookup<string, Tally>> TalliesAsync(
        this NpgsqlCommand command, IReadOnlyList<Buyer> buyers, CancellationToken cancellation)
    {
        command.Parameters.Add(FactParameter.Any(buyers.Select(buyer => buyer.Id)));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var tallies = new List<(string Rep, Tally Tally)>();
        while (await rows.ReadAsync(cancellation))
        {
            tallies.Add((rows.GetString(0), new(rows.GetString(1), (int)rows.GetInt64(2))));
        }

        return tallies.OrderBy(entry => entry.Tally.Key, StringComparer.Ordinal)
            .ToLookup(entry => entry.Rep, entry => entry.Tally, StringComparer.Ordinal);
    }

    /// <summary>By rep the territories that the rep works in.</summary>
    private static async Task<ILookup<string, string>> TerritoriesByRepAsync(
        this FactReader facts, DateTimeOffset validAt, CancellationToken cancellation) =>
        (await facts.TerritoryStaffAsync(validAt, cancellation))
            .SelectMany(staff => staff.Select(rep => (Rep: rep.RepId.Value, Territory: staff.Key.Value)))
            .ToLookup(entry => entry.Rep, entry => entry.Territory, StringComparer.Ordinal);

    private static ValueList<string>? AllOf(IEnumerable<string> items) => items.Any()
        ? [.. items.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        : null;

    private static ValueList<string>? ListOf(NpgsqlDataReader rows, int column) =>
        rows.GetFieldValue<string[]>(column) is [_, ..] items ? [.. items] : null;

    /// <param name="Reach">Whom the rep can serve at all.</param>
    private sealed record Rep(string Id, Reach Reach, int? Capacity);
}
