namespace SalesOps.Api.Territories;

/// <summary>Keeps, of any number of rows in no order, the first few by id, so that a page needs no sorting of all.</summary>
/// <param name="count">How many.</param>
/// <param name="after">Rows up to this id don't count.</param>
internal sealed class SmallestIds<TRow>(int count, string? after)
{
    private readonly SortedDictionary<string, TRow> rows = new(StringComparer.Ordinal);
    private string? last;

    public IReadOnlyList<TRow> Rows => [.. rows.Values];

    public void Add(string id, Func<TRow> row)
    {
        if (string.CompareOrdinal(id, after) <= 0 || (rows.Count == count && string.CompareOrdinal(id, last) > 0))
        {
            return;
        }

        rows[id] = row();
        if (rows.Count > count)
        {
            rows.Remove(last!);
        }

        last = rows.Keys.Last();
    }
}
