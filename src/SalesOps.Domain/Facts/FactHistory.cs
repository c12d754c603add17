namespace SalesOps.Domain.Facts;

/// <summary>
/// Follows one stream append by append and keeps the rows that are known of it: its state over valid time, cut into
/// segments, neighbours that say the same merged. An append closes the rows it contradicts and opens those it brings;
/// every other row stays as it is. So the rows known at any instant are exactly the segments of the timeline as it was
/// known then, and they are a function of the appends alone.
/// </summary>
/// <param name="decider">How facts make state.</param>
/// <param name="rowOf">What is to be kept of a state; null where there is nothing to keep.</param>
public sealed class FactHistory<TState, TEvent, TRow>(Decider<TState, TEvent> decider, Func<TState, TRow?> rowOf)
    where TEvent : class
    where TRow : class
{
    private readonly List<(Fact<TEvent> Fact, TState State)> _standing = [];
    private readonly List<KnownRow<TRow>> _current = [];

    /// <summary>The rows that are not closed, in the order of valid time.</summary>
    public IReadOnlyList<KnownRow<TRow>> Current => _current;

    /// <summary>How many facts stand; what the history takes of memory grows with it.</summary>
    public int FactCount => _standing.Count;

    /// <summary>Takes in one append's facts, and answers the rows that it closes.</summary>
    /// <param name="recordedAt">The recorded time that the facts share; later than that of every append before.</param>
    /// <param name="append">In the order of their versions.</param>
    public IReadOnlyList<KnownRow<TRow>> Learn(DateTimeOffset recordedAt, IEnumerable<Fact<object>> append)
    {
        var from = DateTimeOffset.MaxValue;
        var firstMoved = _standing.Count;
        foreach (var fact in append)
        {
            foreach (var id in fact.Voids)
            {
                var index = _standing.FindLastIndex(entry => entry.Fact.Id == id);
                if (index >= 0)
                {
                    Touch(index, _standing[index].Fact.EffectiveAt);
                    _standing.RemoveAt(index);
                }
            }

            if (fact.Event is TEvent @event)
            {
                var index = _standing.FindLastIndex(entry => entry.Fact.EffectiveAt <= fact.EffectiveAt) + 1;
                Touch(index, fact.EffectiveAt);
                _standing.Insert(
                    index, (new(fact.Id, fact.Version, fact.EffectiveAt, fact.RecordedAt, @event), decider.Initial));
            }
        }

        if (from == DateTimeOffset.MaxValue)
        {
            return [];
        }

        Refold(firstMoved);
        return Replace(from, recordedAt);

        void Touch(int index, DateTimeOffset at)
        {
            firstMoved = Math.Min(firstMoved, index);
            from = at < from ? at : from;
        }
    }

    private void Refold(int first)
    {
        var state = first == 0 ? decider.Initial : _standing[first - 1].State;
        for (var index = first; index < _standing.Count; index++)
        {
            state = decider.Evolve(state, _standing[index].Fact);
            _standing[index] = _standing[index] with { State = state };
        }
    }

    /// <summary>Cuts the rows anew from the one on that the first moved fact falls into, or that ends where it begins.</summary>
    private List<KnownRow<TRow>> Replace(DateTimeOffset from, DateTimeOffset recordedAt)
    {
        // The row that ends at the moved fact belongs to it: it may now say the same as its successor and merge with it.
        var first = _current.FindLastIndex(row => row.ValidTo < from) + 1;
        var old = _current.GetRange(first, _current.Count - first);
        var start = old is [var head, ..] && head.ValidFrom < from ? head.ValidFrom : from;
        _current.RemoveRange(first, old.Count);

        var closed = new List<KnownRow<TRow>>();
        var next = 0;
        foreach (var row in Segments(start, recordedAt))
        {
            for (; next < old.Count && old[next].ValidFrom < row.ValidFrom; next++)
            {
                closed.Add(old[next] with { KnownTo = recordedAt });
            }

            var stays = next < old.Count && old[next].SaysTheSameAs(row);
            _current.Add(stays ? old[next++] : row);
        }

        closed.AddRange(old.Skip(next).Select(row => row with { KnownTo = recordedAt }));
        return closed;
    }

    private List<KnownRow<TRow>> Segments(DateTimeOffset start, DateTimeOffset recordedAt)
    {
        var segments = new List<KnownRow<TRow>>();
        var index = _standing.FindLastIndex(entry => entry.Fact.EffectiveAt < start) + 1;
        for (; index < _standing.Count; index++)
        {
            var (fact, state) = _standing[index];
            var isLast = index + 1 == _standing.Count;
            var until = isLast ? DateTimeOffset.MaxValue : _standing[index + 1].Fact.EffectiveAt;

            // Of several facts at one instant only the last leaves a segment.
            if (until == fact.EffectiveAt || rowOf(state) is not { } row)
            {
                continue;
            }

            if (segments is [.., var previous] && previous.ValidTo == fact.EffectiveAt && previous.Row.Equals(row))
            {
                segments[^1] = previous with { ValidTo = until };
            }
            else
            {
                segments.Add(new(fact.EffectiveAt, until, recordedAt, DateTimeOffset.MaxValue, row));
            }
        }

        return segments;
    }
}
