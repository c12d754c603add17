using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Tests;

/// <summary>The words in which the tests of decisions are written.</summary>
internal static class Examples
{
    public static readonly StageKey Prospecting = new("prospecting");
    public static readonly StageKey Proposal = new("proposal");
    public static readonly StageKey Negotiation = new("negotiation");
    public static readonly RepId Ada = new("ada");
    public static readonly RepId Ben = new("ben");
    public static readonly RepId Cleo = new("cleo");
    public static readonly ProductId Disc = new("disc");
    public static readonly ProductId Tape = new("tape");

    /// <summary>The pipeline that exists from the start.</summary>
    public static Pipeline Standard { get; } = Pipeline.Decider(Pipeline.DefaultId).Initial;

    /// <summary>Midnight of a day of January 2026; day 1 is the first.</summary>
    public static DateTimeOffset Day(int day) => BusinessCalendar.Utc.StartOf(Date(day));

    public static DateOnly Date(int day) => new(2026, 1, day);

    /// <summary>The last microsecond of a day of January 2026: when a deal closed on it is closed.</summary>
    public static DateTimeOffset EndOf(int day) => BusinessCalendar.Utc.EndOf(Date(day));

    public static Money Usd(decimal amount) => new(amount, "USD");

    public static DealEvent.Opened Opened(StageKey? stage = null, Money? amount = null, RepId? owner = null) =>
        new("Discs for Acme", Pipeline.DefaultId, stage ?? Prospecting, OwnerId: owner, Amount: amount);

    public static DealEvent.Won Won(int day, Money? amount = null) => new(Date(day), amount);

    public static DealEvent.Lost Lost(int day, string reason = "price") => new(Date(day), reason);

    public static DealEvent.StageChanged MovedTo(StageKey stage) => new(stage);
}
