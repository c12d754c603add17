using SalesOps.Domain.Costs;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a cost.</summary>
/// <param name="Days">That it falls to.</param>
public sealed record CostFact(CostKind Kind, Period Days, Money Amount)
{
    /// <summary>Nothing is kept where nothing was recorded.</summary>
    public static CostFact? Of(Cost cost) => cost.Recording is { } recorded
        ? new(recorded.Kind, Period.Find(recorded.Period)!.Value, recorded.Amount)
        : null;
}
