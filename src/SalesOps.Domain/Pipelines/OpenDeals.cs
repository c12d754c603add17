namespace SalesOps.Domain.Pipelines;

/// <summary>Open deals that are alike in all that a pipeline is grouped by.</summary>
/// <param name="Category">Their own forecast category; without one, that of the stage counts.</param>
/// <param name="AccountId">Theirs, where the pipeline is grouped by something of the account.</param>
/// <param name="Sum">Of their amounts; absent for deals without amount.</param>
public sealed record OpenDeals(
    PipelineId PipelineId, StageKey Stage, RepId? OwnerId, ForecastCategory? Category, long Deals, Money? Sum,
    AccountId? AccountId = null);
