namespace SalesOps.Domain.Contracts;

/// <summary>Records a notice; in time, it keeps the contract from renewing by itself.</summary>
public sealed record GiveNotice(DateOnly GivenOn, NoticeParty By, NoticeKind Kind, string? Reason)
{
    public static Decision<ContractEvent> Decide(Contract state, GiveNotice command)
    {
        if (ContractRules.Date(command.GivenOn, "/givenOn") is { } badDate)
        {
            return badDate;
        }

        var notice = new ContractEvent.NoticeGiven(
            command.GivenOn, command.By, command.Kind, state.Term?.End ?? command.GivenOn, command.Reason);
        return state.Notice == notice ? Decision<ContractEvent>.Nothing : Decision<ContractEvent>.Accept(notice);
    }
}
