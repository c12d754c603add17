namespace SalesOps.Domain.Contracts;

/// <summary>Ends a contract before its term does.</summary>
/// <param name="On">The first day on which it no longer holds.</param>
/// <param name="Reason">Why the customer is lost; what churn is told apart by.</param>
public sealed record TerminateContract(DateOnly On, string Reason)
{
    public static Decision<ContractEvent> Decide(Contract state, TerminateContract command)
    {
        var termination = new ContractEvent.Terminated(command.On, command.Reason);
        return ContractRules.Date(command.On, "/on") is { } badDate ? badDate
            : state.Termination == termination ? Decision<ContractEvent>.Nothing
            : Decision<ContractEvent>.Accept(termination);
    }
}

/// <summary>Puts another contract in the place of this one.</summary>
public sealed record SupersedeContract(ContractId Id, ContractId By)
{
    public static Decision<ContractEvent> Decide(Contract state, SupersedeContract command) => command switch
    {
        _ when command.By == command.Id => Rejection.Invalid("superseded-by-itself", "A contract does not replace itself.", "/by"),
        _ when state.SupersededBy == command.By => Decision<ContractEvent>.Nothing,
        _ => Decision<ContractEvent>.Accept(new ContractEvent.Superseded(command.By)),
    };
}
