using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Territories;

/// <summary>How much work an account of a kind is.</summary>
/// <param name="Segment">Of the accounts; absent for all that no other class names.</param>
/// <param name="Frequency">How often an account is called on in the period.</param>
/// <param name="Hours">How long each call takes, with the way to it.</param>
public sealed record WorkloadClass(string? Segment, decimal Frequency, decimal Hours);

/// <summary>Whether there is too little to do, enough or too much: healthy is a utilisation of 0.7 to 0.9 (RULES R27).</summary>
public enum WorkloadHealth
{
    Under,
    Healthy,
    Over,
}

/// <summary>What there is to do in a territory, and who does it.</summary>
/// <param name="Workload">Hours in the period: the sum of frequency · length over its accounts.</param>
/// <param name="Heads">Those that the shares of its reps come to.</param>
/// <param name="Needed">Workload ÷ selling hours of a rep.</param>
/// <param name="Utilisation">Workload ÷ capacity; absent where nobody works.</param>
/// <param name="Index">Share of workload ÷ share of capacity.</param>
public sealed record TerritoryWorkload(
    TerritoryId Id, long Accounts, decimal Workload, decimal Heads, decimal Needed, Ratio Utilisation, Ratio Index)
{
    public WorkloadHealth? Health => SalesForceSizing.HealthOf(Utilisation);
}

/// <summary>The size that a sales force should have by its workload.</summary>
/// <param name="Territories">The leaves, by id.</param>
/// <param name="Accounts">All that have a class, in a leaf or not.</param>
/// <param name="WithoutClass">Accounts that no class speaks of.</param>
/// <param name="Unplaced">Accounts with a class in no leaf or in several; their work is in the total.</param>
/// <param name="Needed">N = Σ accounts · frequency · length ÷ selling hours per rep.</param>
public sealed record SizedSalesForce(
    IReadOnlyList<TerritoryWorkload> Territories, long Accounts, long WithoutClass, long Unplaced, decimal Workload,
    decimal Heads, decimal Needed, Ratio Utilisation, Ratio MaxToMin, Ratio Gini)
{
    public WorkloadHealth? Health => SalesForceSizing.HealthOf(Utilisation);
}

/// <summary>Sizes a sales force by workload (RULES R27), in memory that grows with the territories alone.</summary>
/// <param name="classes">Each segment once, without regard to case.</param>
/// <param name="sellingHours">Of one rep in the period; above 0.</param>
public sealed class SalesForceSizing(IReadOnlyList<WorkloadClass> classes, decimal sellingHours)
{
    private const int ClassesMax = 200;
    private const decimal LeastHealthy = 0.7m;
    private const decimal MostHealthy = 0.9m;

    private readonly Dictionary<string, decimal> _bySegment = classes.Where(one => one.Segment is not null)
        .ToDictionary(one => one.Segment!, one => one.Frequency * one.Hours, StringComparer.OrdinalIgnoreCase);

    private readonly decimal? _others = classes.Where(one => one.Segment is null)
        .Select(one => (decimal?)(one.Frequency * one.Hours)).FirstOrDefault();

    private readonly Dictionary<TerritoryId, (long Accounts, decimal Workload)> _leaves = [];
    private (long Accounts, decimal Workload) _all;
    private long _withoutClass;
    private long _unplaced;

    /// <summary>What is wrong with the classes or the hours.</summary>
    public static Rejection? Check(IReadOnlyList<WorkloadClass> classes, decimal sellingHours)
    {
        if (sellingHours is <= 0 or > 100_000)
        {
            return Rejection.Invalid("hours-range", "A rep sells for more than 0 and at most 100,000 hours.", "/sellingHours");
        }

        if (classes.Count is 0 or > ClassesMax)
        {
            return Rejection.Invalid("classes-count", $"There are 1 to {ClassesMax} classes.", "/classes");
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, one) in classes.Index())
        {
            var place = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/classes/{index}");
            if (one.Frequency is < 0 or > 100_000 || one.Hours is < 0 or > 100_000)
            {
                return Rejection.Invalid("workload-range", "Frequency and hours lie between 0 and 100,000.", place);
            }

            if (!seen.Add(one.Segment ?? string.Empty))
            {
                return Rejection.Invalid("class-twice", "A segment, and all others, have one class.", place + "/segment");
            }
        }

        return null;
    }

    /// <summary>Counts an account in.</summary>
    /// <param name="leaf">Where it belongs; null where that is no leaf or several.</param>
    public void Add(TerritoryId? leaf, string? segment)
    {
        var known = segment is not null && _bySegment.TryGetValue(segment, out var own) ? own : _others;
        if (known is not { } work)
        {
            _withoutClass++;
            return;
        }

        _all = (_all.Accounts + 1, _all.Workload + work);
        if (leaf is not { } id)
        {
            _unplaced++;
            return;
        }

        var before = _leaves.GetValueOrDefault(id);
        _leaves[id] = (before.Accounts + 1, before.Workload + work);
    }

    public SizedSalesForce Result(IEnumerable<TerritoryId> leaves, Func<TerritoryId, decimal> headsOf)
    {
        var parts = leaves.Select(leaf => (Id: leaf, Load: _leaves.GetValueOrDefault(leaf), Heads: headsOf(leaf))).ToArray();
        var balance = Balance.Of([.. parts.Select(part => (part.Load.Workload, part.Heads))]);
        var heads = parts.Sum(part => part.Heads);
        return new(
            [
                .. parts.Zip(balance.Indices, (part, index) => new TerritoryWorkload(
                    part.Id, part.Load.Accounts, part.Load.Workload, part.Heads, part.Load.Workload / sellingHours,
                    Ratio.Of(part.Load.Workload, part.Heads * sellingHours), index)),
            ],
            _all.Accounts, _withoutClass, _unplaced, _all.Workload, heads, _all.Workload / sellingHours,
            Ratio.Of(_all.Workload, heads * sellingHours), balance.MaxToMin, balance.Gini);
    }

    internal static WorkloadHealth? HealthOf(Ratio utilisation) => utilisation.Value switch
    {
        null => null,
        < LeastHealthy => WorkloadHealth.Under,
        <= MostHealthy => WorkloadHealth.Healthy,
        _ => WorkloadHealth.Over,
    };
}
