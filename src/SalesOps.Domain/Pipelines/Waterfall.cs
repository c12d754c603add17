namespace SalesOps.Domain.Pipelines;

/// <summary>How the open pipeline of one instant became that of another, line by line (RULES R5).</summary>
public sealed class Waterfall(WaterfallForm form)
{
    private readonly SortedDictionary<WaterfallKind, (long Deals, decimal Amount)> _lines =
        new(Enum.GetValues<WaterfallKind>().ToDictionary(kind => kind, _ => (0L, 0m)));

    public decimal Start { get; private set; }

    public decimal End { get; private set; }

    public long StartDeals { get; private set; }

    public long EndDeals { get; private set; }

    /// <summary>Every kind, also those that nothing is of, so that the sum of all is the end less the start.</summary>
    public IEnumerable<(WaterfallKind Kind, long Deals, decimal Amount)> Lines =>
        _lines.Select(line => (line.Key, line.Value.Deals, line.Value.Amount));

    public void Add(WaterfallChange change)
    {
        Start += change.Start;
        End += change.End;
        StartDeals += change.Before.IsIn ? change.Deals : 0;
        EndDeals += change.After.IsIn ? change.Deals : 0;
        foreach (var (kind, amount) in change.Lines(form))
        {
            var (deals, sum) = _lines[kind];
            _lines[kind] = (deals + change.Deals, sum + amount);
        }
    }
}
