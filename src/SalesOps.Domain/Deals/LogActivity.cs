namespace SalesOps.Domain.Deals;

/// <summary>Notes a call, e-mail or meeting about a deal.</summary>
public sealed record LogActivity(ActivityKind Kind, RepId RepId, ContactId? ContactId)
{
    /// <summary>Every call counts: two alike are two, so a repeat needs its idempotency key.</summary>
    public static Decision<DealEvent> Decide(LogActivity command) =>
        Decision<DealEvent>.Accept(new DealEvent.ActivityLogged(command.Kind, command.RepId, command.ContactId));
}
