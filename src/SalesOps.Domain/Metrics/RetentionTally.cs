using SalesOps.Domain.Contracts;
using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Metrics;

/// <summary>
/// What became, over a period, of the yearly revenue under contract at its start (RULES R26), account by account: whoever
/// replaces one contract by another is not lost. Escalators that were agreed beforehand are neither growth nor loss.
/// </summary>
public sealed class RetentionTally
{
    private readonly SortedDictionary<string, decimal> _lostFor = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _currencies = new(StringComparer.Ordinal);

    /// <summary>How many accounts were under contract at the start.</summary>
    public int Accounts { get; private set; }

    /// <summary>How many of them no longer are at the end.</summary>
    public int AccountsLost { get; private set; }

    public decimal Start { get; private set; }

    public decimal Contraction { get; private set; }

    public decimal Churn { get; private set; }

    public decimal Expansion { get; private set; }

    /// <summary>What of the yearly revenue had a term that ended in the period and is decided.</summary>
    public decimal UpForRenewal { get; private set; }

    /// <summary>What of it goes on in a further term; growth does not count.</summary>
    public decimal Renewed { get; private set; }

    /// <summary>How many terms have ended without its being known what follows.</summary>
    public int Pending { get; private set; }

    /// <summary>What was lost with whole accounts, by reason.</summary>
    public IEnumerable<(string Reason, Money Amount)> LostFor => _lostFor.Select(lost => (lost.Key, Of(lost.Value)));

    public bool IsMixed => _currencies.Count > 1;

    public Ratio Gross => RatioOf(Start - Contraction - Churn, Start);

    public Ratio Net => RatioOf(Start - Contraction - Churn + Expansion, Start);

    public Ratio RenewalRate => RatioOf(Renewed, UpForRenewal);

    /// <summary>The amount in the one currency; null where there is none or more than one.</summary>
    public Money? Amount(decimal amount) => _currencies.Count == 1 ? Of(amount) : null;

    /// <summary>Counts an account in.</summary>
    /// <param name="before">Its contracts in force at the start, by id.</param>
    /// <param name="after">Those in force at the end.</param>
    /// <param name="reason">Why it is lost, if it is and somebody said so.</param>
    public void Add(
        IReadOnlyDictionary<ContractId, ContractFact> before, IReadOnlyDictionary<ContractId, ContractFact> after, string? reason)
    {
        var start = before.Values.Sum(contract => contract.AnnualValue);
        if (start == 0)
        {
            return;
        }

        _currencies.UnionWith(before.Values.Concat(after.Values).Select(contract => contract.Value.Currency));
        Accounts++;
        Start += start;
        if (after.Count == 0)
        {
            AccountsLost++;
            Churn += start;
            var known = reason ?? GroupKey.None;
            _lostFor[known] = _lostFor.GetValueOrDefault(known) + start;
            return;
        }

        var agreed = after.Sum(contract => contract.Value.Escalated - (before.GetValueOrDefault(contract.Key)?.Escalated ?? 0));
        var change = after.Values.Sum(contract => contract.AnnualValue) - agreed - start;
        Contraction += Math.Max(0, -change);
        Expansion += Math.Max(0, change);
    }

    /// <summary>Counts a term in that ended in the period.</summary>
    /// <param name="next">The yearly price of the term that follows; null where none does.</param>
    public void AddTerm(ContractFact ending, decimal? next, bool isPending)
    {
        if (isPending)
        {
            Pending++;
            return;
        }

        _currencies.Add(ending.Value.Currency);
        UpForRenewal += ending.AnnualValue;
        Renewed += Math.Min(next ?? 0, ending.AnnualValue);
    }

    private Ratio RatioOf(decimal numerator, decimal denominator) =>
        IsMixed ? Ratio.Absent(Ratio.MixedCurrencies) : Ratio.Of(numerator, denominator);

    private Money Of(decimal amount) => new Money(amount, _currencies.First()).Rounded();
}
