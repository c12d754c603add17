namespace SalesOps.Domain.Territories;

/// <summary>The accounts that go one way.</summary>
/// <param name="From">Where they belong before.</param>
/// <param name="To">Where after.</param>
public sealed record TerritoryMove(Placement From, Placement To, long Accounts, decimal Potential);

/// <summary>What a rep's territories gain and lose; what goes from one of the rep's territories to another is neither.</summary>
public sealed record RepShift(RepId RepId, long Gained, long Lost, decimal PotentialGained, decimal PotentialLost);

/// <summary>
/// Compares the territories in force with a model, account by account, in memory that grows with the territories and
/// their pairs alone.
/// </summary>
/// <param name="before">By the territories in force.</param>
/// <param name="after">By the model.</param>
/// <param name="measure">What makes an account count.</param>
public sealed class TerritoryPreview(TerritoryMap before, TerritoryMap after, Potential measure)
{
    private const string Gap = "";
    private const string Overlap = " ";

    private readonly Dictionary<(string From, string To), (Placement From, Placement To, long Accounts, decimal Potential)> _flows = [];
    private readonly HashSet<string> _currencies = new(StringComparer.Ordinal);

    public long Accounts { get; private set; }

    public long Moved { get; private set; }

    /// <summary>Accounts that have no value of the measure.</summary>
    public long WithoutPotential { get; private set; }

    private bool IsMixed => measure == Potential.Revenue && _currencies.Count > 1;

    /// <summary>Counts an account in, and says where it belongs before and after.</summary>
    public (Placement From, Placement To) Add(in AccountTraits account)
    {
        var (from, to) = (before.Place(account), after.Place(account));
        var potential = PotentialOf(account);
        Accounts++;
        Moved += from.IsSameAs(to) ? 0 : 1;
        WithoutPotential += potential is null ? 1 : 0;
        var key = (KeyOf(from), KeyOf(to));
        var flow = _flows.GetValueOrDefault(key, (from, to, 0, 0));
        _flows[key] = flow with { Accounts = flow.Accounts + 1, Potential = flow.Potential + (potential ?? 0) };
        return (from, to);
    }

    /// <summary>The ways that accounts go, the most accounts first.</summary>
    public IReadOnlyList<TerritoryMove> Moves =>
    [
        .. _flows.Where(flow => !flow.Value.From.IsSameAs(flow.Value.To))
            .OrderByDescending(flow => flow.Value.Accounts)
            .ThenBy(flow => flow.Key.From, StringComparer.Ordinal).ThenBy(flow => flow.Key.To, StringComparer.Ordinal)
            .Select(flow => new TerritoryMove(flow.Value.From, flow.Value.To, flow.Value.Accounts, flow.Value.Potential)),
    ];

    /// <summary>Accounts in no leaf, and in several.</summary>
    public (long Gaps, long Overlaps) TroublesBefore => TroublesOf(flow => flow.From);

    public (long Gaps, long Overlaps) TroublesAfter => TroublesOf(flow => flow.To);

    public TerritoryBalance BalanceBefore(Func<TerritoryId, decimal> capacityOf) =>
        BalanceOf(before, flow => flow.From, capacityOf);

    public TerritoryBalance BalanceAfter(Func<TerritoryId, decimal> capacityOf) =>
        BalanceOf(after, flow => flow.To, capacityOf);

    /// <summary>Reps whose accounts change, by id.</summary>
    public IReadOnlyList<RepShift> Shifts(Func<TerritoryId, IEnumerable<RepId>> repsOf)
    {
        var shifts = new Dictionary<RepId, RepShift>();
        foreach (var (from, to, accounts, potential) in _flows.Values.Where(flow => !flow.From.IsSameAs(flow.To)))
        {
            var (losing, gaining) = (RepsIn(from), RepsIn(to));
            foreach (var rep in losing.Except(gaining))
            {
                var shift = Of(rep);
                shifts[rep] = shift with { Lost = shift.Lost + accounts, PotentialLost = shift.PotentialLost + potential };
            }

            foreach (var rep in gaining.Except(losing))
            {
                var shift = Of(rep);
                shifts[rep] = shift with { Gained = shift.Gained + accounts, PotentialGained = shift.PotentialGained + potential };
            }
        }

        return [.. shifts.Values.OrderBy(shift => shift.RepId.Value, StringComparer.Ordinal)];

        RepShift Of(RepId rep) => shifts.GetValueOrDefault(rep, new(rep, 0, 0, 0, 0));

        RepId[] RepsIn(Placement placement) => placement.Territory is { } territory ? [.. repsOf(territory)] : [];
    }

    private decimal? PotentialOf(in AccountTraits account)
    {
        switch (measure)
        {
            case Potential.Accounts:
                return 1;
            case Potential.Employees:
                return account.Employees;
            default:
                if (account.Revenue is { } revenue)
                {
                    _currencies.Add(revenue.Currency);
                }

                return account.Revenue?.Amount;
        }
    }

    private TerritoryBalance BalanceOf(
        TerritoryMap map, Func<(Placement From, Placement To, long Accounts, decimal Potential), Placement> sideOf,
        Func<TerritoryId, decimal> capacityOf)
    {
        var held = _flows.Values.ToLookup(flow => sideOf(flow).Territory);
        return TerritoryBalance.Of(
            [
                .. map.Leaves.Select(leaf => (
                    leaf, held[leaf].Sum(flow => flow.Accounts), held[leaf].Sum(flow => flow.Potential), capacityOf(leaf))),
            ],
            IsMixed);
    }

    private (long Gaps, long Overlaps) TroublesOf(
        Func<(Placement From, Placement To, long Accounts, decimal Potential), Placement> sideOf) => (
        _flows.Values.Where(flow => sideOf(flow).IsGap).Sum(flow => flow.Accounts),
        _flows.Values.Where(flow => sideOf(flow).IsOverlap).Sum(flow => flow.Accounts));

    private static string KeyOf(Placement placement) =>
        placement.Territory?.Value ?? (placement.IsGap ? Gap : Overlap);
}
