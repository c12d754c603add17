using System.Collections.Immutable;

namespace SalesOps.Domain.Deals;

public enum DealStatus
{
    /// <summary>Not opened (yet).</summary>
    None,
    Open,
    Won,
    Lost,
}

/// <summary>That a deal came into a stage, and when.</summary>
public readonly record struct StageVisit(StageKey Stage, DateTimeOffset EnteredAt);

/// <summary>The state of a deal at one instant.</summary>
public sealed record Deal
{
    public static Decider<Deal, DealEvent> Decider { get; } = new(new Deal(), Evolve, Admit);

    public DealStatus Status { get; init; }

    /// <summary>How it was opened: a repeated creation is told from another one by it.</summary>
    public DealEvent.Opened? Opening { get; init; }

    /// <summary>When the opening took effect; the start of the cycle.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    public string Name { get; init; } = string.Empty;

    public PipelineId PipelineId => Opening?.PipelineId ?? Pipelines.Pipeline.DefaultId;

    public AccountId? AccountId { get; init; }

    public LeadId? LeadId => Opening?.LeadId;

    public string? Source => Opening?.Source;

    /// <summary>The stage it is in, or was in when it closed.</summary>
    public StageKey Stage { get; init; }

    public Money? Amount { get; init; }

    public DateOnly? ExpectedClose { get; init; }

    public RepId? OwnerId { get; init; }

    /// <summary>Its own forecast category; without one, that of its stage counts.</summary>
    public ForecastCategory? ForecastCategory { get; init; }

    public ImmutableArray<Split> Splits { get; init; } = [];

    public ImmutableArray<ProductLine> Products { get; init; } = [];

    /// <summary>The business date of the win or loss.</summary>
    public DateOnly? ClosedOn { get; init; }

    public string? LossReason { get; init; }

    public string? Competitor { get; init; }

    /// <summary>The stages it came into, in the order in which it did; a stage it came back to is there again.</summary>
    public ImmutableArray<StageVisit> Visits { get; init; } = [];

    /// <summary>How often its expected close was moved to a later date.</summary>
    public int Pushes { get; init; }

    /// <summary>The first date that it was expected to close on.</summary>
    public DateOnly? FirstExpectedClose { get; init; }

    /// <summary>The most that it was ever worth, in the currency that it has; null without an amount.</summary>
    public decimal? PeakAmount { get; init; }

    /// <summary>
    /// The amount by product: by the value of the lines where all have a price in one currency, else by quantity; to
    /// the cent (RULES R24). Empty without products.
    /// </summary>
    public IReadOnlyList<(ProductId ProductId, Money? Amount)> AmountByProduct()
    {
        if (Products is [])
        {
            return [];
        }

        var isPriced = Products.Select(line => line.Price?.Currency).Distinct().Count() == 1
            && Products.Any(line => line.Price is { Amount: > 0 });
        var weights = Products
            .GroupBy(line => line.ProductId)
            .Select(lines => (ProductId: lines.Key, Weight: lines.Sum(line => line.Quantity * (isPriced ? line.Price!.Value.Amount : 1))))
            .OrderBy(product => product.ProductId.Value, StringComparer.Ordinal)
            .ToArray();
        var amounts = Amount?.Allocate([.. weights.Select(product => product.Weight)]);
        return [.. weights.Select((product, index) => (product.ProductId, amounts?[index]))];
    }

    private static Deal Evolve(Deal state, Fact<DealEvent> fact) => fact.Event switch
    {
        DealEvent.Opened e => state with
        {
            Status = DealStatus.Open,
            Opening = e,
            OpenedAt = fact.EffectiveAt,
            Name = e.Name,
            AccountId = e.AccountId,
            Stage = e.Stage,
            Visits = [new(e.Stage, fact.EffectiveAt)],
            Amount = e.Amount,
            PeakAmount = e.Amount?.Amount,
            ExpectedClose = e.ExpectedClose,
            FirstExpectedClose = e.ExpectedClose,
            OwnerId = e.OwnerId,
        },
        DealEvent.Renamed e => state with { Name = e.Name },
        DealEvent.AccountChanged e => state with { AccountId = e.AccountId },
        DealEvent.StageChanged e => state with
        {
            Stage = e.Stage,
            Visits = e.Stage == state.Stage ? state.Visits : state.Visits.Add(new(e.Stage, fact.EffectiveAt)),
        },
        DealEvent.AmountChanged e => state.Worth(e.Amount),
        DealEvent.CloseDateChanged e => state with
        {
            ExpectedClose = e.ExpectedClose,
            FirstExpectedClose = state.FirstExpectedClose ?? e.ExpectedClose,
            Pushes = state.Pushes + (e.ExpectedClose > state.ExpectedClose ? 1 : 0),
        },
        DealEvent.OwnerChanged e => state with { OwnerId = e.OwnerId },
        DealEvent.ForecastCategoryChanged e => state with { ForecastCategory = e.Category },
        DealEvent.SplitsChanged e => state with { Splits = [.. e.Splits] },
        DealEvent.ProductsChanged e => state with { Products = [.. e.Lines] },
        DealEvent.Won e => (e.Amount is { } amount ? state.Worth(amount) : state) with
        {
            Status = DealStatus.Won,
            ClosedOn = e.ClosedOn,
        },
        DealEvent.Lost e => state with
        {
            Status = DealStatus.Lost,
            ClosedOn = e.ClosedOn,
            LossReason = e.Reason,
            Competitor = e.Competitor,
        },
        DealEvent.Reopened => state with
        {
            Status = DealStatus.Open,
            ClosedOn = null,
            LossReason = null,
            Competitor = null,
        },
        _ => state,
    };

    private Deal Worth(Money amount) => this with
    {
        Amount = amount,
        PeakAmount = Amount?.Currency == amount.Currency && PeakAmount > amount.Amount ? PeakAmount : amount.Amount,
    };

    private static Rejection? Admit(Deal state, DealEvent @event) => (@event, state.Status) switch
    {
        (DealEvent.Opened, DealStatus.None) => null,
        (DealEvent.Opened, _) => Rejection.Conflict("deal-exists", "The deal was opened before."),
        (_, DealStatus.None) => Rejection.Conflict("deal-not-open-yet", "The deal was not open yet at that time."),
        (DealEvent.Reopened, DealStatus.Open) => Rejection.Conflict("deal-open", "The deal is open."),
        (DealEvent.Reopened or DealEvent.SplitsChanged or DealEvent.ActivityLogged or DealEvent.Renamed, _) => null,
        (_, not DealStatus.Open) => Rejection.Conflict("deal-closed", "A closed deal no longer moves."),
        _ => null,
    };
}
