using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Quotas;

/// <summary>What attainment is grouped by.</summary>
public enum AttainmentGrouping
{
    Rep,
    Team,

    /// <summary>Every rep that others report to, with all of the reps below and the manager's own.</summary>
    Manager,
    Office,
    Month,
    Quarter,

    /// <summary>Every territory, with all of its parts.</summary>
    Territory,
}

/// <summary>What was asked for and what was reached; one currency, or counts.</summary>
/// <param name="Quota">Absent where nobody asked for anything.</param>
public sealed record AttainmentFigures(QuotaAmount? Quota, QuotaAmount? Credited)
{
    /// <summary>Credited ÷ quota.</summary>
    public Ratio Ratio => Ratio.Of(Credited?.Value ?? 0, Quota?.Value ?? 0);
}

/// <summary>A group in one currency.</summary>
/// <param name="Cumulative">The sums from the first group of time up to this one; only where the groups are times.</param>
public sealed record AttainmentItem(string Key, AttainmentFigures Figures, AttainmentFigures? Cumulative);

/// <summary>
/// Adds quotas and credits up by groups (RULES R10), each currency by itself. Team, office and managers are those at the
/// credit date, and for a month's quota those on its last day: whoever moves takes no history along.
/// </summary>
/// <param name="validAt">What is true later is not asked for.</param>
public sealed class Attainment(
    AttainmentGrouping? groupBy, Organisation organisation, BusinessCalendar calendar, DateTimeOffset validAt)
{
    /// <summary>How high an organisation is at most; a longer chain is a loop.</summary>
    private const int LevelsMax = 100;

    private readonly Dictionary<(string Key, string Currency), (decimal? Quota, decimal Credited)> _groups = [];
    private readonly Dictionary<(string Key, string Currency), (decimal? Quota, decimal Credited)> _own = [];
    private readonly Dictionary<(RepId RepId, string Currency), (decimal? Quota, decimal Credited)> _reps = [];

    /// <summary>The territories with the ones above them, where they are grouped by; what has no quota of its own has its parts'.</summary>
    public IReadOnlyDictionary<string, string?> Territories { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// By key, then currency. A team that has quotas of its own is measured by these, else by those of its reps; a territory
    /// likewise, else by those of its parts.
    /// </summary>
    public IReadOnlyList<AttainmentItem> Items()
    {
        var sums = new SortedDictionary<string, (decimal? Quota, decimal Credited)>(StringComparer.Ordinal);
        return
        [
            .. Groups()
                .OrderBy(group => group.Key.Key, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Currency, StringComparer.Ordinal)
                .Select(group => new AttainmentItem(
                    group.Key.Key, Figures(group.Key.Currency, group.Value), Cumulated(group.Key.Currency, group.Value))),
        ];

        AttainmentFigures? Cumulated(string currency, (decimal? Quota, decimal Credited) figures)
        {
            if (groupBy is not (AttainmentGrouping.Month or AttainmentGrouping.Quarter))
            {
                return null;
            }

            var before = sums.GetValueOrDefault(currency);
            sums[currency] = Sum(before, figures);
            return Figures(currency, sums[currency]);
        }
    }

    /// <summary>
    /// The share of quota holders at or above 100 percent: teams or territories where these are asked for and have quotas,
    /// else reps.
    /// </summary>
    public Ratio Rate()
    {
        IEnumerable<(decimal? Quota, decimal Credited)> all =
            _own.Count > 0 ? _own.Keys.Select(key => Groups()[key]) : _reps.Values;
        var holders = all.Where(holder => holder.Quota > 0).ToArray();
        return Ratio.Of(holders.Count(holder => holder.Credited >= holder.Quota), holders.Length);
    }

    /// <summary>Counts a month of a quota in.</summary>
    public void AddQuota(QuotaHolder holder, DateOnly month, QuotaAmount amount)
    {
        var currency = amount.Currency ?? string.Empty;
        switch (holder.Kind)
        {
            case QuotaHolderKind.Rep:
                var rep = new RepId(holder.Id);
                Add(_reps, (rep, currency), (amount.Value, 0));
                foreach (var key in KeysOf(rep, month, calendar.EndOf(month.AddMonths(1).AddDays(-1))))
                {
                    Add(_groups, (key, currency), (amount.Value, 0));
                }

                break;
            case QuotaHolderKind.Team when groupBy == AttainmentGrouping.Team:
            case QuotaHolderKind.Territory when groupBy == AttainmentGrouping.Territory:
                Add(_own, (holder.Id, currency), (amount.Value, 0));
                break;
        }
    }

    /// <summary>Counts what a rep is credited with in; nobody's credit is in a group of its own.</summary>
    /// <param name="territory">The leaf that the deal's account belonged to on the credit date; where grouped by territory.</param>
    public void AddCredit(RepId? rep, DateOnly on, QuotaAmount amount, TerritoryId? territory = null)
    {
        var currency = amount.Currency ?? string.Empty;
        if (rep is { } known)
        {
            Add(_reps, (known, currency), (null, amount.Value));
        }

        var keys = groupBy == AttainmentGrouping.Territory ? Above(territory) : KeysOf(rep, on, calendar.EndOf(on));
        foreach (var key in keys)
        {
            Add(_groups, (key, currency), (null, amount.Value));
        }
    }

    private Dictionary<(string Key, string Currency), (decimal? Quota, decimal Credited)> Groups()
    {
        var groups = new Dictionary<(string Key, string Currency), (decimal? Quota, decimal Credited)>(_groups);
        foreach (var (holder, own) in Rolled())
        {
            groups[holder] = (own, groups.GetValueOrDefault(holder).Credited);
        }

        return groups;
    }

    /// <summary>The quotas of teams, or of territories with those that come of their parts.</summary>
    private IEnumerable<((string Key, string Currency) Holder, decimal? Quota)> Rolled() => groupBy == AttainmentGrouping.Territory
        ? QuotaRollUp.Of(
                WithHolders(), _own.Select(own => (own.Key.Key, new QuotaAmount(own.Value.Quota ?? 0, CodeOf(own.Key.Currency)))))
            .Select(node => ((node.Key, node.Counted!.Currency ?? string.Empty), (decimal?)node.Counted.Value))
        : _own.Select(own => (own.Key, own.Value.Quota));

    /// <summary>A territory that has a quota but is no longer in the tree stands by itself.</summary>
    private Dictionary<string, string?> WithHolders()
    {
        var territories = Territories.ToDictionary(StringComparer.Ordinal);
        foreach (var (holder, _) in _own.Keys)
        {
            territories.TryAdd(holder, null);
        }

        return territories;
    }

    /// <summary>The territory and those above it.</summary>
    private string[] Above(TerritoryId? territory)
    {
        var path = new List<string>();
        for (var key = territory?.Value; key is not null && path.Count < LevelsMax; key = Territories.GetValueOrDefault(key))
        {
            path.Add(key);
        }

        return path is [] ? [GroupKey.None] : [.. path];
    }

    private string[] KeysOf(RepId? rep, DateOnly date, DateTimeOffset at)
    {
        var instant = at < validAt ? at : validAt;
        return groupBy switch
        {
            null => [GroupKey.All],
            AttainmentGrouping.Month => [Period.MonthOf(date).MonthKey],
            AttainmentGrouping.Quarter => [Period.QuarterOf(date).QuarterKey],
            AttainmentGrouping.Rep => [rep?.Value ?? GroupKey.None],
            AttainmentGrouping.Team => [organisation.Find(rep, instant)?.Team ?? GroupKey.None],
            AttainmentGrouping.Office => [organisation.Find(rep, instant)?.Office ?? GroupKey.None],
            _ => ManagersOf(rep, instant),
        };
    }

    private string[] ManagersOf(RepId? rep, DateTimeOffset at)
    {
        var managers = new List<string>();
        if (rep is { } self && organisation.HasReports(self, at))
        {
            managers.Add(self.Value);
        }

        var next = organisation.Find(rep, at)?.ManagerId;
        for (; next is { } manager && managers.Count < LevelsMax; next = organisation.Find(manager, at)?.ManagerId)
        {
            managers.Add(manager.Value);
        }

        return managers is [] ? [GroupKey.None] : [.. managers.Distinct(StringComparer.Ordinal)];
    }

    private static AttainmentFigures Figures(string currency, (decimal? Quota, decimal Credited) figures)
    {
        var code = CodeOf(currency);
        return new(figures.Quota is { } quota ? new(quota, code) : null, new(figures.Credited, code));
    }

    private static string? CodeOf(string currency) => currency.Length == 0 ? null : currency;

    private static void Add<TKey>(
        Dictionary<TKey, (decimal? Quota, decimal Credited)> groups, TKey key, (decimal? Quota, decimal Credited) figures)
        where TKey : notnull => groups[key] = Sum(groups.GetValueOrDefault(key), figures);

    private static (decimal? Quota, decimal Credited) Sum(
        (decimal? Quota, decimal Credited) left, (decimal? Quota, decimal Credited) right) => (
            left.Quota is null && right.Quota is null ? null : (left.Quota ?? 0) + (right.Quota ?? 0),
            left.Credited + right.Credited);
}
