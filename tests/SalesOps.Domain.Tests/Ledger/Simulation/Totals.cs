using SalesOps.Domain.Ledger;

namespace SalesOps.Domain.Tests.Ledger.Simulation;

/// <summary>What accounts came to in a month of the books.</summary>
internal static class Totals
{
    public static IEnumerable<AccountTotal> Of(Company company, Period month) => company.Lines
        .Where(line => month.Contains(line.PostedOn))
        .SelectMany(line => line.Line.Postings.Select(posting => (line.Line.Amount.Currency, posting)))
        .GroupBy(entry => (entry.posting.Account, entry.Currency))
        .OrderBy(same => same.Key.Account)
        .Select(same => new AccountTotal(
            same.Key.Account,
            new(same.Where(entry => entry.posting.Amount > 0).Sum(entry => entry.posting.Amount), same.Key.Currency),
            new(-same.Where(entry => entry.posting.Amount < 0).Sum(entry => entry.posting.Amount), same.Key.Currency)));
}
