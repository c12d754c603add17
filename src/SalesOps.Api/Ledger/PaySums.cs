using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary>What a time pays, before holdback moves it and after all of it.</summary>
/// <param name="Payable">What became due, after holdback, clawback and draw.</param>
internal sealed record PaySums(Money Earned, Money Payable)
{
    public static PaySums Of(IEnumerable<JournalLine> lines, string currency)
    {
        var (earned, payable) = (0m, 0m);
        foreach (var line in lines.Where(line => line.Amount.Currency == currency))
        {
            earned += line.Kind is PostingKind.Earned or PostingKind.EarnedCapitalised ? line.Amount.Amount : 0;
            payable -= line.Postings.Where(posting => posting.Account == LedgerAccount.PayableDue).Sum(posting => posting.Amount);
        }

        return new(new(earned, currency), new(payable, currency));
    }

    public static PaySums operator -(PaySums left, PaySums right) => new(left.Earned - right.Earned, left.Payable - right.Payable);

    public static PaySums operator +(PaySums left, PaySums right) => new(left.Earned + right.Earned, left.Payable + right.Payable);
}
