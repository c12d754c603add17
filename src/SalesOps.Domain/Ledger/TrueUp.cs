namespace SalesOps.Domain.Ledger;

/// <summary>What is still to be posted (RULES R19): the target, less what was posted so far. Run again it comes to nothing.</summary>
public static class TrueUp
{
    /// <summary>Lines that make the posted ones add up to the target, in the order of the target, then of what it lacks.</summary>
    /// <param name="target">What the calculation comes to now.</param>
    /// <param name="posted">What earlier calculations have posted.</param>
    public static IReadOnlyList<JournalLine> Of(IEnumerable<JournalLine> target, IEnumerable<JournalLine> posted)
    {
        var sums = new Dictionary<LineKey, (decimal Amount, JournalLine Last)>();
        foreach (var line in posted)
        {
            sums[line.Key] = (sums.GetValueOrDefault(line.Key).Amount + line.Amount.Amount, line);
        }

        var targets = new Dictionary<LineKey, int>();
        var missing = new List<(JournalLine First, decimal Amount)>();
        foreach (var line in target)
        {
            var key = line.Key;
            if (targets.TryAdd(key, missing.Count))
            {
                sums.Remove(key, out var so);
                missing.Add((line, line.Amount.Amount - so.Amount));
            }
            else
            {
                var (first, amount) = missing[targets[key]];
                missing[targets[key]] = (first, amount + line.Amount.Amount);
            }
        }

        var lines = new List<JournalLine>(missing.Count);
        foreach (var (first, amount) in missing)
        {
            if (amount != 0)
            {
                lines.Add(amount == first.Amount.Amount ? first : WithAmount(first, amount));
            }
        }

        // What no longer is takes back its own postings, whatever the rules for them are today.
        lines.AddRange(sums.Values.Where(sum => sum.Amount != 0)
            .Select(sum => sum.Last.Over(-sum.Amount) with { CauseEventId = null }));
        return lines;
    }

    private static JournalLine WithAmount(JournalLine line, decimal amount) => line with
    {
        Amount = line.Amount with { Amount = amount },
        Postings = PostingRules.Of(line.Kind, amount),
    };
}
