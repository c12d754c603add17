using SalesOps.Domain.Accounts;

namespace SalesOps.Domain.Leads;

/// <summary>Makes a lead a deal with an account. What each of the three streams records is decided here.</summary>
/// <param name="DealId">Absent where any will do.</param>
/// <param name="AccountId">Absent where any will do; one that is there already is kept as it is.</param>
public sealed record ConvertLead(DealId? DealId, AccountId? AccountId)
{
    /// <summary>Converting to what it was converted to decides nothing; to something else is a conflict.</summary>
    /// <param name="newDeal">The id that the deal gets where the command names none.</param>
    /// <param name="newAccount">The same for the account.</param>
    public static Decision<LeadEvent> Decide(Lead state, ConvertLead command, DealId newDeal, AccountId newAccount) =>
        state.Conversion is { } done
        && (command.DealId ?? done.DealId, command.AccountId ?? done.AccountId) == (done.DealId, done.AccountId)
            ? Decision<LeadEvent>.Nothing
            : Decision<LeadEvent>.Accept(
                new LeadEvent.Converted(command.DealId ?? newDeal, command.AccountId ?? newAccount));

    /// <summary>The account that comes of a lead.</summary>
    public static RegisterAccount Account(LeadProfile profile) => new(new AccountProfile(
        profile.Company ?? profile.Name, profile.Segment, profile.Industry, profile.Country, profile.Employees));
}
