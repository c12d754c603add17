using SalesOps.Domain.Ledger;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a period of the books.</summary>
public sealed record PeriodFact(PeriodStatus Status, PeriodEvent.Sealed? Seal)
{
    /// <summary>Nothing is kept of a period that is open.</summary>
    public static PeriodFact? Of(AccountingPeriod period) =>
        period.Status == PeriodStatus.Open ? null : new(period.Status, period.Seal);
}

/// <summary>What the read side keeps of a request for approval.</summary>
public sealed record ApprovalFact(ApprovalStatus Status, ApprovalEvent.Requested Request, string? DecidedBy)
{
    /// <summary>Nothing is kept of a request before it is made.</summary>
    public static ApprovalFact? Of(Approval approval) =>
        approval.Request is { } request ? new(approval.Status, request, approval.DecidedBy) : null;
}

/// <summary>What the read side keeps of a calculation: that it can't be made, and why.</summary>
public sealed record CalculationFact(CalculationEvent.Blocked Block)
{
    /// <summary>Nothing is kept of one that can be made.</summary>
    public static CalculationFact? Of(RepCalculation calculation) => calculation.Block is { } block ? new(block) : null;
}
