using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary>A rep who can serve the account.</summary>
internal sealed record CandidateView(string RepId, decimal Score, FactorsView Factors, int Rank)
{
    public static CandidateView Of(Ranked ranked) =>
        new(ranked.RepId.Value, ranked.Score, FactorsView.Of(ranked.Factors), ranked.Rank);
}

/// <summary>Each between 0 and 1.</summary>
internal sealed record FactorsView(
    decimal Experience, decimal BuyerKnowledge, decimal QuotaHeadroom, decimal BuyingProcessFit, decimal Load)
{
    public static FactorsView Of(Factors factors) => new(
        factors.Experience, factors.BuyerKnowledge, factors.QuotaHeadroom, factors.BuyingProcessFit, factors.Load);
}

/// <summary>A rep whom a hard rule excludes.</summary>
internal sealed record RejectedView(string RepId, HardRule Rule)
{
    public static RejectedView Of(Rejected rejected) => new(rejected.RepId.Value, rejected.Rule);
}

/// <summary>How much each factor counts; they sum to exactly 1.</summary>
internal sealed record WeightsView(
    decimal Experience, decimal BuyerKnowledge, decimal QuotaHeadroom, decimal BuyingProcessFit, decimal Load)
{
    public static WeightsView Of(FactorWeights weights) => new(
        weights.Experience, weights.BuyerKnowledge, weights.QuotaHeadroom, weights.BuyingProcessFit, weights.Load);

    public FactorWeights ToWeights() => new(Experience, BuyerKnowledge, QuotaHeadroom, BuyingProcessFit, Load);
}

/// <summary>The two times by which a recommendation was made; by them it is made again, the same.</summary>
internal sealed record DecisionTimes(DateTimeOffset ValidAt, DateTimeOffset? KnownAt);
