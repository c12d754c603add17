namespace SalesOps.Domain.Assignments;

/// <summary>How much each factor of a score counts. Each is between 0 and 1; they sum to exactly 1, so a score is too.</summary>
public sealed record FactorWeights(
    decimal Experience, decimal BuyerKnowledge, decimal QuotaHeadroom, decimal BuyingProcessFit, decimal Load)
{
    /// <summary>What counts for a tenant that has set nothing.</summary>
    public static FactorWeights Default { get; } = new(0.25m, 0.25m, 0.2m, 0.15m, 0.15m);

    public decimal Sum() => Experience + BuyerKnowledge + QuotaHeadroom + BuyingProcessFit + Load;

    /// <summary>The first weight that is not between 0 and 1, by its name on the wire; null where all are.</summary>
    public string? OutOfRange() => new (string Name, decimal Weight)[]
    {
        ("experience", Experience), ("buyerKnowledge", BuyerKnowledge), ("quotaHeadroom", QuotaHeadroom),
        ("buyingProcessFit", BuyingProcessFit), ("load", Load),
    }.FirstOrDefault(factor => factor.Weight is < 0 or > 1).Name;
}
