using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Assignments;

/// <summary>
/// Works proposals of rebalancing out. By the same two times and the same wishes it comes to the same for ever, so that a
/// proposal is carried out by its times alone.
/// </summary>
internal sealed class Rebalances(DecisionBases bases)
{
    public const int MovesByDefault = 50;

    private const int MovesMax = 500;
    private const int HoldingsMax = 5_000;

    /// <summary>The proposal, or the problem that there is none.</summary>
    public async Task<(Proposed? Proposed, IResult? Problem)> ProposeAsync(
        ReadAt at, Caller caller, RebalanceWish wish, CancellationToken cancellation)
    {
        if (wish.MaxMoves is < 1 or > MovesMax)
        {
            return (null, Problem.From(Rejection.Invalid(
                "moves-range", $"Between 1 and {MovesMax} accounts go at once.", "/maxMoves")));
        }

        IReadOnlyList<HeldAccount> held = [];
        var reps = new HashSet<string>(StringComparer.Ordinal);
        var (read, asOf, problem) = await bases.ReadAsync(at, caller, BuyersAsync, reps, cancellation);
        if (read is null)
        {
            return (null, problem);
        }

        if (held.Count > HoldingsMax)
        {
            return (null, Problem.From(Rejection.Invalid(
                "too-many-accounts", $"At most {HoldingsMax} accounts are weighed at once; name a team or reps.", "/team")));
        }

        var potential = wish.Potential ?? Potential.Accounts;
        if (potential == Potential.Revenue && held.Select(account => account.Revenue?.Currency).OfType<string>().Distinct().Count() > 1)
        {
            return (null, Problem.From(Rejection.Invalid(
                "mixed-currencies", "The accounts have revenues in several currencies, which no share is of.", "/potential")));
        }

        var basis = read with
        {
            Candidates = [.. read.Candidates.Where(candidate => reps.Contains(candidate.RepId.Value))],
        };
        ValueList<Holding> holdings =
            [.. held.Select(account => new Holding(account.Id, new(account.RepId), account.PotentialBy(potential)))];
        return (new(asOf!, basis, holdings, Rebalancing.Of(basis, holdings, wish.MaxMoves ?? MovesByDefault)), null);

        async Task<ValueList<Buyer>> BuyersAsync(FactReader facts)
        {
            foreach (var rep in await facts.RepsInAsync(at.ValidAt, wish, cancellation))
            {
                reps.Add(rep);
            }

            held = await facts.HeldAccountsAsync(
                at.ValidAt, (wish.Role ?? AssignmentRole.Owner).Value, [.. reps], HoldingsMax + 1, cancellation);
            return held.Count > HoldingsMax
                ? []
                : await facts.AccountBuyersAsync(at.ValidAt, [.. held.Select(account => account.Id)], cancellation);
        }
    }

    /// <summary>A proposal with what it rests on.</summary>
    internal sealed record Proposed(AsOfView AsOf, DecisionBasis Basis, ValueList<Holding> Holdings, Rebalancing Result);
}

/// <summary>What a rebalancing is about.</summary>
internal sealed record RebalanceWish(
    AssignmentRole? Role, string? Team, IReadOnlyList<RepId>? RepIds, Potential? Potential, int? MaxMoves);

/// <summary>An account that a rep has, with what makes it count.</summary>
internal sealed record HeldAccount(string Id, string RepId, int? Employees, Money? Revenue)
{
    public decimal PotentialBy(Potential potential) => potential switch
    {
        Potential.Revenue => Revenue?.Amount ?? 0,
        Potential.Employees => Employees ?? 0,
        _ => 1,
    };
}

/// <summary>Reads from one snapshot who has what.</summary>
internal static class HeldAccounts
{
    /// <summary>The reps that a rebalancing is among, by id.</summary>
    public static async Task<IReadOnlyList<string>> RepsInAsync(
        this FactReader facts, DateTimeOffset validAt, RebalanceWish wish, CancellationToken cancellation)
    {
        const string sql = """
            select rep_id from rep_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and ($4::varchar is null or team = $4) and ($5::varchar[] is null or rep_id = any($5))
            order by rep_id collate "C"
            """;
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(FactParameter.Text(wish.Team));
        command.Parameters.Add(FactParameter.Any(wish.RepIds?.Select(rep => rep.Value)));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var reps = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            reps.Add(rows.GetString(0));
        }

        return reps;
    }

    /// <summary>The accounts that some reps have in a role, by id, at most so many.</summary>
    public static async Task<IReadOnlyList<HeldAccount>> HeldAccountsAsync(
        this FactReader facts, DateTimeOffset validAt, string role, IReadOnlyList<string> reps, int limit,
        CancellationToken cancellation)
    {
        const string sql = """
            select a.account_id, a.rep_id, f.employees, f.revenue, f.currency
            from assignment_facts a join account_facts f on f.tenant_id = $1 and f.account_id = a.account_id
              and f.valid_from <= $2 and f.valid_to > $2 and f.known_from <= $3 and f.known_to > $3
            where a.tenant_id = $1 and a.valid_from <= $2 and a.valid_to > $2 and a.known_from <= $3 and a.known_to > $3
              and not a.is_conflict and a.role = $4 and a.rep_id = any($5)
            order by a.account_id collate "C" limit $6
            """;
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(FactParameter.Text(role));
        command.Parameters.Add(FactParameter.Any(reps));
        command.Parameters.Add(new Npgsql.NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var held = new List<HeldAccount>();
        while (await rows.ReadAsync(cancellation))
        {
            held.Add(new(rows.GetString(0), rows.GetString(1), rows.IntegerOf(2), rows.MoneyOf(3, 4)));
        }

        return held;
    }
}
