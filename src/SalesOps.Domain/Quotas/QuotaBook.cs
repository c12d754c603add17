using System.Collections.Immutable;
using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Quotas;

/// <summary>What happened to the quotas of one holder.</summary>
public abstract record QuotaBookEvent
{
    private QuotaBookEvent()
    {
    }

    /// <param name="From">The first active day.</param>
    /// <param name="To">The day after the last.</param>
    /// <param name="Credit">What counts towards it; absent for revenue.</param>
    public sealed record Entered(
        QuotaId QuotaId, Measure Measure, DateOnly From, DateOnly To, SplitKind? Credit = null) : QuotaBookEvent;

    /// <summary>The quota was taken back, and others may ask for its days.</summary>
    public sealed record Struck(QuotaId QuotaId) : QuotaBookEvent;
}

/// <summary>The quotas of one holder, so that no two of one measure ask for the same day.</summary>
public sealed record QuotaBook(ImmutableArray<QuotaBookEvent.Entered> Entries)
{
    public static Decider<QuotaBook, QuotaBookEvent> Decider { get; } = new(new QuotaBook([]), Evolve, (_, _) => null);

    /// <summary>Enters a quota, unless another of the measure has a day of it; decided by all that is known, whenever true.</summary>
    public static Decision<QuotaBookEvent> Enter(QuotaBook state, QuotaId id, QuotaTerms terms)
    {
        var days = terms.ActiveDays();
        return state.Entries switch
        {
            var entries when entries.Any(entry => entry.QuotaId == id) => Decision<QuotaBookEvent>.Nothing,
            var entries when entries.FirstOrDefault(entry =>
                entry.Measure == terms.Measure && (entry.Credit ?? SplitKind.Revenue) == (terms.Credit ?? SplitKind.Revenue)
                && entry.From < days.To && days.From < entry.To) is { } other =>
                Rejection.Conflict(
                    "quota-overlaps", $"Quota '{other.QuotaId}' of the same holder and measure has days of that period."),
            _ => Decision<QuotaBookEvent>.Accept(
                new QuotaBookEvent.Entered(id, terms.Measure, days.From, days.To, terms.Credit)),
        };
    }

    /// <summary>Strikes a quota that was taken back.</summary>
    public static Decision<QuotaBookEvent> Strike(QuotaBook state, QuotaId id) =>
        state.Entries.Any(entry => entry.QuotaId == id)
            ? Decision<QuotaBookEvent>.Accept(new QuotaBookEvent.Struck(id))
            : Decision<QuotaBookEvent>.Nothing;

    private static QuotaBook Evolve(QuotaBook state, Fact<QuotaBookEvent> fact) => fact.Event switch
    {
        QuotaBookEvent.Entered e => new(state.Entries.Add(e)),
        QuotaBookEvent.Struck e => new(state.Entries.RemoveAll(entry => entry.QuotaId == e.QuotaId)),
        _ => state,
    };
}
