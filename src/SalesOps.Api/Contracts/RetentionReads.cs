using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Contracts;

/// <summary>Reads what became of revenue under contract.</summary>
internal static class RetentionReads
{
    /// <summary>
    /// Between the first instants of both dates: a term that ends on the last day of the period is decided in it.
    /// </summary>
    public static async Task<Retention> RetentionAsync(
        this FactReader facts, Period days, RetentionEndpoint.Grouping? groupBy, BusinessCalendar calendar,
        CancellationToken cancellation)
    {
        var (from, to) = (calendar.StartOf(days.From), calendar.StartOf(days.To));
        var before = await facts.ContractsInForceAsync(from, cancellation);
        var after = await facts.ContractsInForceAsync(to, cancellation);
        var terms = await facts.EndingTermsAsync(to, days.From, days.To, cancellation);
        var accounts = await facts.AccountGroupsAsync(from, to, cancellation);
        var tallies = new SortedDictionary<string, RetentionTally>(StringComparer.Ordinal);
        var (afterOf, lostFor) = (after.ToLookup(KeyOf), await facts.LostForAsync(to, cancellation));
        foreach (var account in before.GroupBy(KeyOf))
        {
            TallyOf(account.First().Fact).Add(
                account.ToDictionary(IdOf, contract => contract.Fact),
                afterOf[account.Key].ToDictionary(IdOf, contract => contract.Fact),
                account.Select(contract => lostFor.GetValueOrDefault(contract.Id)).FirstOrDefault(reason => reason is not null));
        }

        foreach (var term in terms)
        {
            TallyOf(term.Fact).AddTerm(
                term.Fact, term.NextAnnual,
                isPending: term.Next is null
                    && term.After is ContractStatus.Executed or ContractStatus.Active or ContractStatus.InNoticeWindow);
        }

        return new(tallies, accounts);

        RetentionTally TallyOf(ContractFact contract)
        {
            var key = GroupOf(contract) ?? GroupKey.None;
            return tallies.TryGetValue(key, out var known) ? known : tallies[key] = new();
        }

        string? GroupOf(ContractFact contract) => groupBy switch
        {
            null => GroupKey.All,
            RetentionEndpoint.Grouping.Account => contract.AccountId.Value,
            RetentionEndpoint.Grouping.Currency => contract.Value.Currency,
            RetentionEndpoint.Grouping.Segment => accounts.GetValueOrDefault(contract.AccountId.Value)?.Segment,
            RetentionEndpoint.Grouping.Industry => accounts.GetValueOrDefault(contract.AccountId.Value)?.Industry,
            _ => accounts.GetValueOrDefault(contract.AccountId.Value)?.Country,
        };

        // Currencies never add up: an account that has contracts in two is two cohorts where they are the groups.
        (string, string?) KeyOf(Listed<ContractFact> contract) => (
            contract.Fact.AccountId.Value, groupBy == RetentionEndpoint.Grouping.Currency ? contract.Fact.Value.Currency : null);
    }

    private static ContractId IdOf(Listed<ContractFact> contract) => new(contract.Id);
}

/// <summary>What became of revenue under contract, by group, and the accounts that have it.</summary>
internal sealed record Retention(
    SortedDictionary<string, RetentionTally> Tallies, IReadOnlyDictionary<string, AccountGroup> Accounts);
