using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Forecasts;

/// <summary>
/// The history of a stream by the time at which its source knew each fact, where an import says so; a fact that has no
/// such time was known when it was recorded. So an imported history can be asked what was known in it, and what was put in
/// later stays unknown until then.
/// </summary>
public static class SourceKnowledge
{
    /// <summary>Every row that was ever known of a stream, over the knowledge of its source.</summary>
    /// <param name="facts">With the time that the source gives, in the order of their versions.</param>
    public static IReadOnlyList<KnownRow<TRow>> RowsOf<TState, TEvent, TRow>(
        IReadOnlyList<(Fact<object> Fact, DateTimeOffset? SourceRecordedAt)> facts, Decider<TState, TEvent> decider,
        Func<TState, TRow?> rowOf)
        where TEvent : class
        where TRow : class
    {
        var knownAt = new Dictionary<Guid, DateTimeOffset>(facts.Count);
        foreach (var (fact, source) in facts)
        {
            // What takes a fact back is not known before the fact.
            knownAt[fact.Id] = fact.Voids.Select(voided => knownAt.GetValueOrDefault(voided, DateTimeOffset.MinValue))
                .Append(source ?? fact.RecordedAt).Max();
        }

        var history = new FactHistory<TState, TEvent, TRow>(decider, rowOf);
        var rows = new List<KnownRow<TRow>>();
        foreach (var learned in facts.Select(entry => entry.Fact)
            .GroupBy(fact => knownAt[fact.Id]).OrderBy(append => append.Key))
        {
            rows.AddRange(history.Learn(learned.Key, learned.OrderBy(fact => fact.Version)));
        }

        return [.. rows, .. history.Current];
    }
}
