namespace SalesOps.Domain.Contracts;

/// <summary>Sends the draft to the other side.</summary>
public sealed record SendContract(string? To)
{
    public static Decision<ContractEvent> Decide(Contract state, SendContract command)
    {
        var sending = new ContractEvent.Sent(command.To);
        return state.Sending == sending ? Decision<ContractEvent>.Nothing : Decision<ContractEvent>.Accept(sending);
    }
}

/// <summary>Records that both sides have signed: the contract is executed.</summary>
public sealed record SignContract(DateOnly SignedOn, string? By)
{
    public static Decision<ContractEvent> Decide(Contract state, SignContract command)
    {
        var signature = new ContractEvent.Signed(command.SignedOn, command.By);
        return ContractRules.Date(command.SignedOn, "/signedOn") is { } badDate ? badDate
            : state.Signature == signature ? Decision<ContractEvent>.Nothing
            : Decision<ContractEvent>.Accept(signature);
    }
}

/// <summary>Puts an executed contract to work.</summary>
public static class ActivateContract
{
    public static Decision<ContractEvent> Decide(Contract state) => state.Status == ContractStatus.Active
        ? Decision<ContractEvent>.Nothing
        : Decision<ContractEvent>.Accept(new ContractEvent.Activated());
}
