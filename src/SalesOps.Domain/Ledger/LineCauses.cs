namespace SalesOps.Domain.Ledger;

/// <summary>What an event is about that may move pay.</summary>
public enum CauseKind
{
    /// <summary>A deal, its account's assignments or its contracts.</summary>
    Deal,

    /// <summary>A plan, or who is paid by it.</summary>
    Plan,
    Quota,

    /// <summary>A rate of exchange.</summary>
    Rate,

    /// <summary>Who reports to whom, and when somebody came and went.</summary>
    Organisation,
}

/// <summary>An event that may have moved somebody's pay.</summary>
/// <param name="Position">Of the event in the log.</param>
/// <param name="DealId">The deal that it is about, for <see cref="CauseKind.Deal"/>.</param>
/// <param name="PlanId">For <see cref="CauseKind.Plan"/> the plan that pays from then on; absent where none is named.</param>
/// <param name="PlanVersion">The version of it that was published; absent for an assignment.</param>
public sealed record PossibleCause(
    Guid EventId, long Position, CauseKind Kind, string? DealId = null, PlanId? PlanId = null, int? PlanVersion = null);

/// <summary>Tells which of several events moved which line, when they are looked at together.</summary>
public static class LineCauses
{
    /// <summary>
    /// For each line the last event that is about it: its own deal's, or one of the plan, quota, rate or organisation that
    /// its numbers come from. A line that moved without one (a tier reached by an earlier deal, a draw) has the cause of
    /// the last line dated before it that moved. Null where there are no events.
    /// </summary>
    /// <param name="lines">All that is posted of one rep at once.</param>
    /// <param name="events">In the order of the log.</param>
    public static IReadOnlyList<PossibleCause?> Of(IReadOnlyList<JournalLine> lines, IReadOnlyList<PossibleCause> events)
    {
        var causes = new PossibleCause?[lines.Count];
        if (events is [])
        {
            return causes;
        }

        if (events is [var only])
        {
            Array.Fill(causes, only);
            return causes;
        }

        var versions = lines.Select(line => (line.CreditId, line.PlanId, line.PlanVersion)).ToHashSet();
        var plans = lines.Select(line => (line.CreditId, line.PlanId)).ToHashSet();
        var lastOfDeal = new Dictionary<string, PossibleCause>(StringComparer.Ordinal);
        var lastOfKind = new Dictionary<CauseKind, PossibleCause>();
        foreach (var cause in events)
        {
            lastOfKind[cause.Kind] = cause;
            if (cause.DealId is { } deal)
            {
                lastOfDeal[deal] = cause;
            }
        }

        var moved = new List<(DateOnly On, PossibleCause Cause)>();
        foreach (var (index, line) in lines.Index())
        {
            causes[index] = OwnOf(line);
            if (causes[index] is { } cause)
            {
                moved.Add((line.On, cause));
            }
        }

        foreach (var (index, line) in lines.Index())
        {
            causes[index] ??= moved.Where(before => before.On <= line.On)
                .OrderBy(before => before.Cause.Position).Select(before => before.Cause).LastOrDefault(events[^1]);
        }

        return causes;

        PossibleCause? OwnOf(JournalLine line)
        {
            var own = line.DealId is { } deal ? lastOfDeal.GetValueOrDefault(deal.Value) : null;
            foreach (var kind in KindsOf(line))
            {
                own = Later(own, lastOfKind.GetValueOrDefault(kind));
            }

            return line.PlanId is null ? own : Later(own, events.LastOrDefault(cause => cause.Kind == CauseKind.Plan && Pays(cause, line)));
        }

        // A version or an assignment moves what is paid by it now; with it goes what was paid before for the same credit.
        bool Pays(PossibleCause cause, JournalLine line) => cause switch
        {
            { PlanId: null } => true,
            { PlanVersion: { } number } => versions.Contains((line.CreditId, cause.PlanId, number)),
            _ => plans.Contains((line.CreditId, cause.PlanId)),
        };
    }

    private static PossibleCause? Later(PossibleCause? one, PossibleCause? other) =>
        other is not null && other.Position > (one?.Position ?? 0) ? other : one;

    /// <summary>The kinds of events, other than those of its deal and plan, that a line's numbers come from.</summary>
    private static IEnumerable<CauseKind> KindsOf(JournalLine line)
    {
        foreach (var input in line.Inputs ?? [])
        {
            switch (input.Name)
            {
                case "quota" or "gateAttainment":
                    yield return CauseKind.Quota;
                    break;
                case "fxRate":
                    yield return CauseKind.Rate;
                    break;
                case "level" or "rank":
                    yield return CauseKind.Organisation;
                    break;
            }
        }
    }
}
