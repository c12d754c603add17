namespace SalesOps.Domain.Deals;

/// <summary>What happened to a deal. When it was true, who said so and why stand in the headers of every event.</summary>
public abstract record DealEvent
{
    private DealEvent()
    {
    }

    public sealed record Opened(
        string Name,
        PipelineId PipelineId,
        StageKey Stage,
        AccountId? AccountId = null,
        RepId? OwnerId = null,
        Money? Amount = null,
        DateOnly? ExpectedClose = null,
        LeadId? LeadId = null,
        string? Source = null) : DealEvent;

    public sealed record Renamed(string Name) : DealEvent;

    public sealed record AccountChanged(AccountId AccountId) : DealEvent;

    /// <param name="MetCriteria">The exit criteria of the stage it left that were said to be met.</param>
    public sealed record StageChanged(StageKey Stage, IReadOnlyList<string>? MetCriteria = null) : DealEvent
    {
        public bool Equals(StageChanged? other) =>
            other is not null && Stage == other.Stage && (MetCriteria ?? []).SequenceEqual(other.MetCriteria ?? []);

        public override int GetHashCode() => Stage.GetHashCode();
    }

    public sealed record AmountChanged(Money Amount) : DealEvent;

    public sealed record CloseDateChanged(DateOnly ExpectedClose) : DealEvent;

    public sealed record OwnerChanged(RepId OwnerId) : DealEvent;

    public sealed record ForecastCategoryChanged(ForecastCategory Category) : DealEvent;

    public sealed record SplitsChanged(IReadOnlyList<Split> Splits) : DealEvent
    {
        public bool Equals(SplitsChanged? other) => other is not null && Splits.SequenceEqual(other.Splits);

        public override int GetHashCode() => Splits.Count;
    }

    public sealed record ProductsChanged(IReadOnlyList<ProductLine> Lines) : DealEvent
    {
        public bool Equals(ProductsChanged? other) => other is not null && Lines.SequenceEqual(other.Lines);

        public override int GetHashCode() => Lines.Count;
    }

    public sealed record ActivityLogged(ActivityKind Kind, RepId RepId, ContactId? ContactId = null) : DealEvent;

    /// <param name="ClosedOn">The business date of the win; may differ from the date of the fact's effect.</param>
    /// <param name="Amount">What it was won for; absent where nobody said so and the amount so far stands.</param>
    public sealed record Won(DateOnly ClosedOn, Money? Amount = null) : DealEvent;

    public sealed record Lost(DateOnly ClosedOn, string Reason, string? Competitor = null) : DealEvent;

    public sealed record Reopened(string Reason) : DealEvent;
}

/// <summary>Whether a share counts towards the deal's revenue or comes on top of it (RULES R14).</summary>
public enum SplitKind
{
    Revenue,
    Overlay,
}

/// <summary>A rep's share of a deal's credit.</summary>
/// <param name="Percent">0 to 100, exact.</param>
public sealed record Split(RepId RepId, decimal Percent, SplitKind Kind);

/// <summary>A product in a deal.</summary>
/// <param name="Quantity">Above 0.</param>
/// <param name="Price">For one; absent where nobody has quoted one.</param>
public sealed record ProductLine(ProductId ProductId, decimal Quantity, Money? Price = null);

public enum ActivityKind
{
    Call,
    Email,
    Meeting,
}
