using System.Globalization;
using SalesOps.Domain.Compensation;

namespace SalesOps.Domain.Ledger;

/// <summary>Turns what the calculation comes to into lines of journals (RULES R22).</summary>
public static class CommissionJournal
{
    /// <summary>A line for every movement up to a date.</summary>
    /// <param name="deals">The deals behind the credits, by the credits' ids.</param>
    /// <param name="until">What moves later is not posted yet.</param>
    public static IEnumerable<JournalLine> LinesOf(
        CompensationResult result, IReadOnlyDictionary<string, string> deals, DateOnly until) => result.Periods
        .SelectMany(period => period.Movements)
        .Where(movement => movement.On <= until && movement.Amount != 0)
        .Select(movement => LineOf(movement, result.Currency, deals));

    /// <summary>The journal that posts lines of one origin month in a month of the books.</summary>
    /// <param name="posting">The month that is posted in.</param>
    /// <param name="causes">The event that moved each line; null where time did.</param>
    public static LedgerEvent.JournalPosted Post(
        RepId rep, string origin, Period posting, IReadOnlyList<JournalLine> lines, IReadOnlyList<PossibleCause?> causes,
        string engine)
    {
        var last = causes.MaxBy(cause => cause?.Position ?? 0);
        return new(
            JournalSource.Calculation, rep, posting.MonthKey, origin, posting.From,
            [
                .. lines.Zip(causes, (line, cause) =>
                    cause is null || cause == last ? line : line with { CauseEventId = cause.EventId.ToString() }),
            ],
            last?.EventId.ToString(), engine);
    }

    private static JournalLine LineOf(Movement movement, string currency, IReadOnlyDictionary<string, string> deals)
    {
        var line = movement.Line;
        var credit = movement.CreditId ?? line?.CreditId;

        // What no single contract has earned, as a place in a ranking, is the cost of none.
        var kind = KindOf(movement.Kind, movement.Version.Plan.Accounting?.Capitalise == true && credit is not null);
        return JournalLine.Of(kind, movement.On, new(movement.Amount, currency), movement.Rule) with
        {
            CreditId = credit,
            DealId = credit is not null && deals.TryGetValue(credit, out var deal) ? new DealId(deal) : null,
            Component = line?.Component,
            Part = line is null ? null : PartOf(line),
            PlanId = movement.Version.Id,
            PlanVersion = movement.Version.Number,
            Inputs = line is null ? null : InputsOf(line),
            Sources = SourcesOf(line?.SourceEvents ?? movement.SourceEvents),
        };
    }

    private static ValueList<string>? SourcesOf(IReadOnlyList<Guid> events) =>
        events is [] ? null : [.. events.Select(id => id.ToString())];

    private static string? PartOf(CompensationLine line) => line.Part switch
    {
        LinePart.Own => null,
        LinePart.TrueUp => $"trueUp:{line.TrueUpOf}",
        var part => EnumName<LinePart>.Of(part),
    };

    private static PostingKind KindOf(MovementKind kind, bool isCapitalised) => (kind, isCapitalised) switch
    {
        (MovementKind.Earned, true) => PostingKind.EarnedCapitalised,
        (MovementKind.Earned, _) => PostingKind.Earned,
        (MovementKind.Released, _) => PostingKind.Released,
        (MovementKind.Held, _) => PostingKind.Held,
        (MovementKind.HoldbackReleased, _) => PostingKind.HoldbackReleased,
        (MovementKind.HoldbackForfeited, _) => PostingKind.HoldbackForfeited,
        (MovementKind.UnreleasedCancelled, true) => PostingKind.UnreleasedCancelledCapitalised,
        (MovementKind.UnreleasedCancelled, _) => PostingKind.UnreleasedCancelled,
        (MovementKind.ClawedBack, true) => PostingKind.ClawedBackCapitalised,
        (MovementKind.ClawedBack, _) => PostingKind.ClawedBack,
        (MovementKind.Overdrawn, _) => PostingKind.Overdrawn,
        (MovementKind.ClawbackNetted, _) => PostingKind.ClawbackNetted,
        (MovementKind.DrawAdvanced, _) => PostingKind.DrawToppedUp,
        (MovementKind.DrawGranted, _) => PostingKind.GuaranteePaid,
        (MovementKind.DrawRecovered, _) => PostingKind.DrawRecovered,
        (MovementKind.DrawForgiven, _) => PostingKind.DrawForgiven,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The movement has no posting."),
    };

    private static ValueList<LineInput> InputsOf(CompensationLine line)
    {
        var inputs = line.Inputs;
        var named = new (string Name, decimal? Value)[]
        {
            ("credited", inputs.Credited),
            ("percent", inputs.Percent),
            ("before", inputs.Before),
            ("after", inputs.After),
            ("rate", inputs.Rate),
            ("previousRate", inputs.PreviousRate),
            ("quota", inputs.Quota),
            ("targetVariable", inputs.TargetVariable),
            ("factor", inputs.Factor),
            ("gateAttainment", inputs.GateAttainment),
            ("weight", inputs.Weight),
            ("quantity", inputs.Quantity),
            ("rank", inputs.Rank),
            ("level", inputs.Level),
            ("fxRate", inputs.Fx?.Rate),
            ("foregone", line.Foregone == 0 ? null : line.Foregone),
        };
        return
        [
            .. named.Where(input => input.Value is not null).Select(input => new LineInput(
                input.Name, input.Value!.Value.ToString("0.############################", CultureInfo.InvariantCulture))),
            .. (inputs.Fx?.Quotes ?? []).Select((quote, index) => new LineInput(index == 0 ? "fxQuote" : "fxQuote2", quote.Id)),
        ];
    }
}
