namespace SalesOps.Domain.Contracts;

/// <summary>What may stand in the place of a contract's fact that is taken back: what a command would have accepted then.</summary>
public static class ContractReplacement
{
    /// <param name="state">As if the replaced fact had not happened.</param>
    /// <param name="on">The date on which the replacement takes effect.</param>
    public static Decision<ContractEvent> Decide(Contract state, ContractEvent replacement, ContractId id, DateOnly on)
    {
        if (replacement.IsOfClock)
        {
            return Rejection.Conflict("clock-not-correctable", "What the clock says follows from what people did; correct that.");
        }

        var decided = replacement switch
        {
            ContractEvent.Drafted e => DraftContract.Decide(
                state,
                new(
                    e.AccountId, e.Term, e.Value, e.AutoRenew, e.NoticeDays, e.DealId, e.TemplateId, e.RenewalMonths, e.Escalator,
                    e.Billing, e.CoTerminatesWith, e.Clauses),
                null, null),
            ContractEvent.Sent e => SendContract.Decide(state, new(e.To)),
            ContractEvent.Signed e => SignContract.Decide(state, new(e.SignedOn, e.By)),
            ContractEvent.Activated => ActivateContract.Decide(state),
            ContractEvent.Amended e => AmendContract.Decide(
                state, new(on, e.Clauses, e.Value, e.TermEnd, e.AutoRenew, e.NoticeDays, e.SignedOn)),
            ContractEvent.NoticeGiven e => GiveNotice.Decide(state, new(e.GivenOn, e.By, e.Kind, e.Reason)),
            ContractEvent.Renewed e => RenewContract.Decide(state, new(
                e.Term.Start, e.Term.End, null, e.Value, e.Uplift, e.SignedOn, e.CoTerminatesWith, e.Clauses)),
            ContractEvent.Terminated e => TerminateContract.Decide(state, new(e.On, e.Reason)),
            ContractEvent.Superseded e => SupersedeContract.Decide(state, new(id, e.By)),
            _ => BillContract.Decide(state, replacement),
        };

        // The fact is kept as it was corrected: with the versions of its clauses, too.
        return decided.Events is [] ? decided : Decision<ContractEvent>.Accept(replacement);
    }
}
