namespace SalesOps.Domain.Costs;

/// <summary>What money was spent on.</summary>
public enum CostKind
{
    Sales,
    Marketing,

    /// <summary>What it takes to deliver what was sold; revenue less it is the gross margin.</summary>
    Delivery,
}

/// <summary>What happened to a cost.</summary>
public abstract record CostEvent
{
    private CostEvent()
    {
    }

    /// <param name="Period">The month, quarter or year that it falls to, evenly over its days.</param>
    public sealed record Recorded(CostKind Kind, string Period, Money Amount, string? Note = null) : CostEvent;
}

/// <summary>What was spent, at one instant.</summary>
public sealed record Cost(CostEvent.Recorded? Recording)
{
    public static Decider<Cost, CostEvent> Decider { get; } = new(
        new Cost((CostEvent.Recorded?)null),
        (state, fact) => fact.Event switch
        {
            CostEvent.Recorded e => state with { Recording = e },
            _ => state,
        },
        (state, @event) => @event is CostEvent.Recorded && state.Recording is not null
            ? Rejection.Conflict("cost-exists", "The cost was recorded before.")
            : null);
}

/// <summary>Records what was spent.</summary>
public sealed record RecordCost(CostKind Kind, string Period, Money Amount, string? Note)
{
    public static Decision<CostEvent> Decide(Cost state, RecordCost command)
    {
        var recording = new CostEvent.Recorded(command.Kind, command.Period, command.Amount, command.Note);
        return (Unknown(command.Period)
            ?? MoneyRules.Check(command.Amount, "amount", "/amount")
            ?? InputRules.Text(command.Note, "/note")) is { } refusal ? refusal
            : state.Recording == recording ? Decision<CostEvent>.Nothing
            : Decision<CostEvent>.Accept(recording);
    }

    private static Rejection? Unknown(string period) => Domain.Period.Find(period) is null
        ? Rejection.Invalid(
            "period-unknown", "A period is a month, quarter or year, such as 2026-03, 2026-Q1 or 2026.", "/period")
        : null;
}
