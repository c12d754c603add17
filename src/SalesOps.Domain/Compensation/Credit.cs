namespace SalesOps.Domain.Compensation;

/// <summary>What a deal counts for one person.</summary>
/// <param name="Id">The deal's id, or that of a part of it.</param>
/// <param name="On">The credit date; closing dates decide the order, then <see cref="ClosedAt"/>, then ids.</param>
/// <param name="Amount">Of the whole deal, in its own currency; absent where only units or margin count.</param>
public sealed record Credit(string Id, DateOnly On, Money? Amount)
{
    /// <summary>Credits of one deal are paid by the cash of it together; the credit's id where absent.</summary>
    public string? DealId { get; init; }

    /// <summary>The instant, where several close on one date.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The person's part, 0 to 100.</summary>
    public decimal Percent { get; init; } = 100;

    /// <summary>The person's part in money where it was allocated by largest remainder; else amount × percent.</summary>
    public Money? Share { get; init; }

    /// <summary>Of the whole deal.</summary>
    public decimal? Units { get; init; }

    /// <summary>Of the whole deal.</summary>
    public Money? Margin { get; init; }

    /// <summary>What was sold; empty where it is not said.</summary>
    public IReadOnlyList<CreditProduct> Products { get; init; } = [];

    /// <summary>For example <c>revenue</c> or <c>overlay</c>.</summary>
    public string Kind { get; init; } = "revenue";

    public DateOnly? TermStart { get; init; }

    /// <summary>The last day of the term.</summary>
    public DateOnly? TermEnd { get; init; }

    /// <summary>What the customer has to pay, net of tax; the amount where absent.</summary>
    public Money? Invoiced { get; init; }

    /// <summary>What the customer paid, net of tax; refunds are negative.</summary>
    public IReadOnlyList<Receipt> Collected { get; init; } = [];

    public DateOnly? CancelledOn { get; init; }

    /// <summary>Whether it renews what was sold before: then its cost is an asset over its own term (RULES R25).</summary>
    public bool IsRenewal { get; init; }

    /// <summary>0 for one's own; 1 for that of a direct report, and so on up: such a credit earns only overrides.</summary>
    public int Level { get; init; }

    /// <summary>Whose it is, where it is another's.</summary>
    public string? RepId { get; init; }

    /// <summary>The events that made it so.</summary>
    public IReadOnlyList<Guid> SourceEvents { get; init; } = [];

    /// <summary>The events that cancelled it.</summary>
    public IReadOnlyList<Guid> CancelEvents { get; init; } = [];
}

/// <summary>A product and how much of it a deal has.</summary>
public sealed record CreditProduct(string ProductId, decimal Quantity);

/// <summary>Cash received, or paid back where negative.</summary>
public sealed record Receipt(DateOnly On, Money Amount)
{
    /// <summary>The event that says so.</summary>
    public Guid? SourceEvent { get; init; }
}
