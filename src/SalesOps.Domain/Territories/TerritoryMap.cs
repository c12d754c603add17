using System.Collections.Immutable;
using System.Numerics;

namespace SalesOps.Domain.Territories;

/// <summary>
/// The leaf that each account belongs to, by the territories in force at one instant. Built once, then asked of any number
/// of accounts. What holds for a leaf is all its own rules and all those of the territories above it. Where several
/// leaves claim an account, those that name it (<c>account in</c>) go before those that don't.
/// </summary>
public sealed class TerritoryMap
{
    private readonly ILookup<TerritoryId, TerritoryId> _parts;
    private readonly TerritoryId[] _leaves;
    private readonly ImmutableArray<TerritoryId>[] _alone;
    private readonly ulong[] _naming;
    private readonly TextIndex _accounts;
    private readonly TextIndex _countries;
    private readonly TextIndex _regions;
    private readonly TextIndex _industries;
    private readonly TextIndex _segments;
    private readonly TextIndex _buyingProcesses;
    private readonly NumberIndex _employees;
    private readonly NumberIndex _revenues;
    private readonly Dictionary<string, NumberIndex> _revenuesIn;

    /// <param name="territories">The whole tree; its order doesn't matter.</param>
    public TerritoryMap(IEnumerable<TerritoryDefinition> territories)
    {
        Territories = territories.ToDictionary(territory => territory.Id);
        _parts = Territories.Values.Where(territory => territory.ParentId is not null)
            .OrderBy(territory => territory.Id.Value, StringComparer.Ordinal)
            .ToLookup(territory => territory.ParentId!.Value, territory => territory.Id);
        _leaves =
        [
            .. Territories.Keys.Where(id => !_parts.Contains(id)).OrderBy(id => id.Value, StringComparer.Ordinal),
        ];
        _alone = [.. _leaves.Select(leaf => ImmutableArray.Create(leaf))];
        var words = (_leaves.Length + 63) / 64;
        var rules = _leaves.Select(leaf => RulesOf(leaf).ToArray()).ToArray();
        _naming = new ulong[words];
        foreach (var (leaf, own) in rules.Index())
        {
            LeafSet.Set(_naming, leaf, own.Any(rule => rule is { Field: TerritoryField.Account, Op: TerritoryOp.In }));
        }

        _accounts = TextIndex.Of(TerritoryField.Account, rules, words);
        _countries = TextIndex.Of(TerritoryField.Country, rules, words);
        _regions = TextIndex.Of(TerritoryField.Region, rules, words);
        _industries = TextIndex.Of(TerritoryField.Industry, rules, words);
        _segments = TextIndex.Of(TerritoryField.Segment, rules, words);
        _buyingProcesses = TextIndex.Of(TerritoryField.BuyingProcess, rules, words);
        _employees = new(TerritoryField.Employees, null, rules, words);
        _revenues = new(TerritoryField.Revenue, null, rules, words);
        _revenuesIn = rules.SelectMany(own => own)
            .Where(rule => rule.Field == TerritoryField.Revenue)
            .Select(rule => Bound.Of(rule.Field, rule.Values[0]).Currency).OfType<string>().Distinct(StringComparer.Ordinal)
            .ToDictionary(
                currency => currency, currency => new NumberIndex(TerritoryField.Revenue, currency, rules, words),
                StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<TerritoryId, TerritoryDefinition> Territories { get; }

    /// <summary>The territories that have none below them, in the order of ids.</summary>
    public IReadOnlyList<TerritoryId> Leaves => _leaves;

    /// <summary>All rules that hold for a territory, those from the top first.</summary>
    public IEnumerable<TerritoryRule> RulesOf(TerritoryId id) => PathOf(id).SelectMany(territory => territory.Rules ?? []);

    /// <summary>The territories right below one, in the order of ids.</summary>
    public IEnumerable<TerritoryId> PartsOf(TerritoryId id) => _parts[id];

    /// <summary>The territories from the top to this one.</summary>
    public IReadOnlyList<TerritoryDefinition> PathOf(TerritoryId id)
    {
        var path = new List<TerritoryDefinition>();
        for (TerritoryId? current = id; current is { } next && Territories.TryGetValue(next, out var territory);)
        {
            path.Insert(0, territory);
            current = territory.ParentId;
        }

        return path;
    }

    /// <summary>Where an account belongs.</summary>
    public Placement Place(in AccountTraits account)
    {
        Span<ulong> leaves = stackalloc ulong[_naming.Length];
        leaves.Fill(ulong.MaxValue);
        And(leaves, _accounts.Admitting(account.Id.Value));
        And(leaves, _countries.Admitting(account.Country));
        And(leaves, _regions.Admitting(account.Region));
        And(leaves, _industries.Admitting(account.Industry));
        And(leaves, _segments.Admitting(account.Segment));
        And(leaves, _buyingProcesses.Admitting(account.BuyingProcess));
        And(leaves, _employees.Admitting(account.Employees));
        And(leaves, RevenuesOf(account.Revenue).Admitting(account.Revenue?.Amount));

        Span<ulong> named = stackalloc ulong[leaves.Length];
        leaves.CopyTo(named);
        And(named, _naming);
        return new(LeavesIn(Count(named) > 0 ? named : leaves));
    }

    private NumberIndex RevenuesOf(Money? revenue) =>
        revenue is { Currency: var currency } && _revenuesIn.TryGetValue(currency, out var index) ? index : _revenues;

    private ImmutableArray<TerritoryId> LeavesIn(ReadOnlySpan<ulong> leaves)
    {
        var count = Count(leaves);
        if (count == 0)
        {
            return [];
        }

        var found = count == 1 ? null : ImmutableArray.CreateBuilder<TerritoryId>(count);
        for (var word = 0; word < leaves.Length; word++)
        {
            for (var rest = leaves[word]; rest != 0; rest &= rest - 1)
            {
                var leaf = (word * 64) + BitOperations.TrailingZeroCount(rest);
                if (found is null)
                {
                    return _alone[leaf];
                }

                found.Add(_leaves[leaf]);
            }
        }

        return found!.MoveToImmutable();
    }

    private static int Count(ReadOnlySpan<ulong> leaves)
    {
        var count = 0;
        foreach (var word in leaves)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    private static void And(Span<ulong> leaves, ReadOnlySpan<ulong> others)
    {
        for (var word = 0; word < leaves.Length; word++)
        {
            leaves[word] &= others[word];
        }
    }
}
