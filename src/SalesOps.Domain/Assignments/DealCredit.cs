using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Assignments;

/// <summary>Where a share of a deal's credit comes from.</summary>
public enum CreditSource
{
    /// <summary>The deal's own splits.</summary>
    Split,

    /// <summary>The assignment of its account on the credit date.</summary>
    Assignment,

    /// <summary>The owner of the deal.</summary>
    Owner,
}

/// <summary>A share of a deal's credit.</summary>
/// <param name="Percent">0 to 100; revenue shares sum to exactly 100, overlays come on top (RULES R14).</param>
public sealed record Credit(RepId RepId, decimal Percent, SplitKind Kind, CreditSource Source);

/// <summary>Who is credited with a deal.</summary>
public static class DealCredit
{
    /// <summary>
    /// The splits if the deal has any; else whoever had its account as <see cref="AssignmentRole.Owner"/> on the credit
    /// date, for a cover acts but does not earn; else the deal's owner; else nobody. Overlays alone leave the revenue to
    /// the assignment or the owner.
    /// </summary>
    /// <param name="account">The assignments of the deal's account on its credit date; null without an account.</param>
    public static IReadOnlyList<Credit> Of(Deal deal, AccountAssignments? account)
    {
        var splits = deal.Splits.Select(split => new Credit(split.RepId, split.Percent, split.Kind, CreditSource.Split));
        return deal.Splits.Any(split => split.Kind == SplitKind.Revenue)
            ? [.. splits]
            : account?.Find(AssignmentRole.Owner)?.RepId is { } assigned
            ? [new(assigned, 100, SplitKind.Revenue, CreditSource.Assignment), .. splits]
            : deal.OwnerId is { } owner
            ? [new(owner, 100, SplitKind.Revenue, CreditSource.Owner), .. splits]
            : [.. splits];
    }

    /// <summary>The instant whose assignments count: when the deal closed, or the one asked about while it is open.</summary>
    public static DateTimeOffset CreditedAt(Deal deal, DateTimeOffset validAt, BusinessCalendar calendar) =>
        deal.ClosedOn is { } closedOn ? calendar.EndOf(closedOn) : validAt;
}
