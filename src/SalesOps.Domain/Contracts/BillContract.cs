namespace SalesOps.Domain.Contracts;

/// <summary>
/// Books an invoice, a payment, a credit note or a refund. The same booking again decides nothing; another one under its
/// id is a conflict.
/// </summary>
public static class BillContract
{
    public static Decision<ContractEvent> Decide(Contract state, ContractEvent booking) => booking switch
    {
        ContractEvent.Invoiced e => Decide(
            state, e, e.On, e.Amount,
            state.Receivables.Find(e.InvoiceId) is { } known && (known.On, known.DueOn, known.Amount) == (e.On, e.DueOn, e.Amount)),
        ContractEvent.PaymentReceived e => Decide(state, e, e.On, e.Amount, state.Receivables.Find(e.PaymentId) == e),
        ContractEvent.CreditNoteIssued e => Decide(state, e, e.On, e.Amount, state.Receivables.Find(e.CreditNoteId) == e),
        ContractEvent.RefundPaid e => Decide(state, e, e.On, e.Amount, state.Receivables.Find(e.RefundId) == e),
        _ => Decision<ContractEvent>.Nothing,
    };

    private static Decision<ContractEvent> Decide(Contract state, ContractEvent booking, DateOnly on, Money amount, bool isKnown) =>
        ContractRules.Date(on, "/on") is { } badDate ? badDate
        : booking is ContractEvent.Invoiced { DueOn: { } dueOn } && dueOn < on
            ? Rejection.Invalid("due-before-issue", "An invoice is not due before its date.", "/dueOn")
        : ContractRules.Amount(state, amount) is { } badAmount ? badAmount
        : isKnown ? Decision<ContractEvent>.Nothing
        : Decision<ContractEvent>.Accept(booking);
}
