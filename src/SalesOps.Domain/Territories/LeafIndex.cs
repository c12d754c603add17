namespace SalesOps.Domain.Territories;

/// <summary>
/// Which leaves the values of one field admit, as sets of bits: what every leaf's rules say of the field is worked out
/// once, so that an account is placed by one look per field, however many rules there are.
/// </summary>
/// <param name="words">How many words of 64 bits a set of leaves has.</param>
internal sealed class TextIndex(TerritoryField field, int words)
{
    private readonly Dictionary<string, ulong[]> _byValue = new(TerritoryRule.ComparerOf(field));

    /// <summary>The leaves that admit a value that no rule names, and no value at all: those that ask for none.</summary>
    private readonly ulong[] _other = new ulong[words];

    public static TextIndex Of(TerritoryField field, IReadOnlyList<TerritoryRule[]> rulesOfLeaves, int words)
    {
        var index = new TextIndex(field, words);
        var rules = rulesOfLeaves.Select(rules => rules.Where(rule => rule.Field == field).ToArray()).ToArray();
        foreach (var (leaf, own) in rules.Index())
        {
            LeafSet.Set(index._other, leaf, own.All(rule => rule.Op == TerritoryOp.NotIn));
        }

        foreach (var value in rules.SelectMany(own => own).SelectMany(rule => rule.Values))
        {
            index._byValue.TryAdd(value, [.. index._other]);
        }

        foreach (var (leaf, own) in rules.Index().Where(entry => entry.Item is not []))
        {
            var lists = own.Select(rule => (IsIn: rule.Op == TerritoryOp.In, Values: rule.Values.ToHashSet(index._byValue.Comparer)))
                .ToArray();
            foreach (var value in lists.SelectMany(list => list.Values))
            {
                LeafSet.Set(index._byValue[value], leaf, lists.All(list => list.Values.Contains(value) == list.IsIn));
            }
        }

        return index;
    }

    public ReadOnlySpan<ulong> Admitting(string? value) =>
        value is not null && _byValue.TryGetValue(value, out var leaves) ? leaves : _other;
}

/// <summary>The same for a number: the bounds of all rules cut the line into pieces, and each piece has its set.</summary>
internal sealed class NumberIndex
{
    private readonly decimal[] _bounds;
    private readonly ulong[][] _pieces;
    private readonly ulong[] _absent;

    /// <param name="currency">That of the numbers: a rule with another admits none of them. Null for one no rule names.</param>
    public NumberIndex(TerritoryField field, string? currency, IReadOnlyList<TerritoryRule[]> rulesOfLeaves, int words)
    {
        var ranges = rulesOfLeaves.Select(rules => NumberRange.Of(rules.Where(rule => rule.Field == field))).ToArray();
        _bounds = [.. ranges.SelectMany(range => (decimal?[])[range?.From, range?.To]).OfType<decimal>().Distinct().Order()];
        _pieces = [.. Enumerable.Range(0, _bounds.Length + 1).Select(_ => new ulong[words])];
        _absent = new ulong[words];
        foreach (var (leaf, range) in ranges.Index())
        {
            LeafSet.Set(_absent, leaf, range is null);
            if (range is null || (!range.IsEmpty && (range.Currency is null || range.Currency == currency)))
            {
                var first = range?.From is { } from ? Array.BinarySearch(_bounds, from) + 1 : 0;
                var last = range?.To is { } to ? Array.BinarySearch(_bounds, to) : _bounds.Length;
                for (var piece = first; piece <= last; piece++)
                {
                    LeafSet.Set(_pieces[piece], leaf, true);
                }
            }
        }
    }

    public ReadOnlySpan<ulong> Admitting(decimal? number)
    {
        if (number is not { } value)
        {
            return _absent;
        }

        // Piece n begins at bound n − 1; a number at a bound is in the piece that begins there.
        var at = Array.BinarySearch(_bounds, value);
        return _pieces[at >= 0 ? at + 1 : ~at];
    }
}

/// <summary>Sets of leaves as bits.</summary>
internal static class LeafSet
{
    public static void Set(Span<ulong> leaves, int leaf, bool isIn)
    {
        var bit = 1UL << (leaf % 64);
        leaves[leaf / 64] = isIn ? leaves[leaf / 64] | bit : leaves[leaf / 64] & ~bit;
    }
}
