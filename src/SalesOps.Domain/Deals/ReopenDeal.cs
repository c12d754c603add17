namespace SalesOps.Domain.Deals;

/// <summary>Opens a closed deal again: it closed, and then it was taken up anew. A close that never was is corrected.</summary>
public sealed record ReopenDeal(string Reason)
{
    public static Decision<DealEvent> Decide(ReopenDeal command) =>
        Decision<DealEvent>.Accept(new DealEvent.Reopened(command.Reason));
}
