namespace SalesOps.Domain.Contracts;

/// <summary>An invoice and what became of it.</summary>
/// <param name="Credited">By credit notes.</param>
/// <param name="Paid">Received for it, before refunds.</param>
/// <param name="Refunded">Paid back of that.</param>
public sealed record Invoice(
    InvoiceId Id, DateOnly On, DateOnly? DueOn, Money Amount, decimal Credited = 0, decimal Paid = 0, decimal Refunded = 0)
{
    /// <summary>Received less refunds: what pay on cash goes by (RULES R17).</summary>
    public Money Received => Amount with { Amount = Paid - Refunded };

    /// <summary>What is still to be paid.</summary>
    public Money Open => Amount with { Amount = Math.Max(0, Amount.Amount - Credited - (Paid - Refunded)) };
}

/// <summary>A payment, credit note or refund as it was recorded.</summary>
public sealed record BillingEntry(BillingId Id, ContractEvent Event);

/// <summary>What was billed against a contract, and what was paid.</summary>
/// <param name="Invoices">In the order of their dates.</param>
/// <param name="Entries">Payments, credit notes and refunds.</param>
public sealed record Receivables(ValueList<Invoice> Invoices, ValueList<BillingEntry> Entries)
{
    public decimal OpenAmount => Invoices.Sum(invoice => invoice.Open.Amount);

    public Invoice? Find(InvoiceId id) => Invoices.FirstOrDefault(invoice => invoice.Id == id);

    public ContractEvent? Find(BillingId id) => Entries.FirstOrDefault(entry => entry.Id == id)?.Event;

    internal Receivables Evolve(ContractEvent @event) => @event switch
    {
        ContractEvent.Invoiced e => this with
        {
            Invoices = [.. Invoices.Append(new(e.InvoiceId, e.On, e.DueOn, e.Amount))
                .OrderBy(invoice => invoice.On).ThenBy(invoice => invoice.Id.Value, StringComparer.Ordinal)],
        },
        ContractEvent.PaymentReceived e => Paid(e),
        ContractEvent.CreditNoteIssued e => Change(
            e.InvoiceId, new(e.CreditNoteId, e), invoice => invoice with { Credited = invoice.Credited + e.Amount.Amount }),
        ContractEvent.RefundPaid e => Change(
            e.InvoiceId, new(e.RefundId, e), invoice => invoice with { Refunded = invoice.Refunded + e.Amount.Amount }),
        _ => this,
    };

    /// <summary>Why it can't be booked on these invoices.</summary>
    internal Rejection? Admit(ContractEvent @event) => @event switch
    {
        ContractEvent.Invoiced e when Find(e.InvoiceId) is not null =>
            Rejection.Conflict("invoice-exists", $"Invoice '{e.InvoiceId}' was issued before."),
        ContractEvent.PaymentReceived { InvoiceId: { } id } e => On(id, e.PaymentId) ?? Limit(
            e.Amount, Find(id)!.Open.Amount, "payment-exceeds-open", "A payment is not larger than the open amount"),
        ContractEvent.PaymentReceived e => Once(e.PaymentId) ?? Limit(
            e.Amount, OpenAmount, "payment-exceeds-open", "A payment is not larger than the open amount"),
        ContractEvent.CreditNoteIssued e => On(e.InvoiceId, e.CreditNoteId) ?? Limit(
            e.Amount, Find(e.InvoiceId)!.Amount.Amount - Find(e.InvoiceId)!.Credited,
            "credit-exceeds-invoice", "Credit notes are not larger than their invoice"),
        ContractEvent.RefundPaid e => On(e.InvoiceId, e.RefundId) ?? Limit(
            e.Amount, Find(e.InvoiceId)!.Received.Amount, "refund-exceeds-received", "A refund is not larger than what was received"),
        _ => null,
    };

    private Rejection? On(InvoiceId id, BillingId entry) => Find(id) is null
        ? Rejection.Invalid("invoice-unknown", $"There is no invoice '{id}' at that time.", "/invoiceId")
        : Once(entry);

    private Rejection? Once(BillingId id) => Find(id) is not null
        ? Rejection.Conflict("booking-exists", $"'{id}' was booked before.")
        : null;

    private static Rejection? Limit(Money amount, decimal limit, string code, string sentence) => amount.Amount > limit
        ? Rejection.Conflict(code, $"{sentence}, which is {amount with { Amount = limit }}.")
        : null;

    private Receivables Paid(ContractEvent.PaymentReceived e)
    {
        var left = e.Amount.Amount;
        var invoices = new List<Invoice>(Invoices.Count);
        foreach (var invoice in Invoices)
        {
            var part = e.InvoiceId is { } id
                ? invoice.Id == id ? left : 0
                : Math.Min(left, invoice.Open.Amount);
            left -= part;
            invoices.Add(invoice with { Paid = invoice.Paid + part });
        }

        return new([.. invoices], [.. Entries, new(e.PaymentId, e)]);
    }

    private Receivables Change(InvoiceId id, BillingEntry entry, Func<Invoice, Invoice> change) => new(
        [.. Invoices.Select(invoice => invoice.Id == id ? change(invoice) : invoice)], [.. Entries, entry]);
}
