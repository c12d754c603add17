namespace SalesOps.Domain.Reps;

/// <summary>Lets a rep go. What is recorded of the rep stays; nothing new begins.</summary>
/// <param name="On">The first day without the rep.</param>
public sealed record DepartRep(DateOnly On, string? Reason)
{
    /// <param name="latest">The rep by all that is known, what is planned included.</param>
    public static Decision<RepEvent> Decide(Rep latest, DepartRep command) => latest switch
    {
        _ when InputRules.Date(command.On, "/on") is { } badDate => badDate,
        _ when InputRules.Text(command.Reason, "/reason") is { } badReason => badReason,
        _ when RepRules.BeforeHire(latest, command.On, "/on") is { } tooEarly => tooEarly,
        { DepartedOn: { } on } => (on, latest.DepartureReason) == (command.On, command.Reason)
            ? Decision<RepEvent>.Nothing
            : RepRules.Departed(on),
        _ => Decision<RepEvent>.Accept(new RepEvent.Departed(command.On, command.Reason)),
    };
}
