using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Deals;

/// <summary>What several commands on deals ask of their members.</summary>
internal static class DealRules
{
    /// <summary>The pipeline is defined, and has the stage if one is named.</summary>
    public static Rejection? Stage(Pipeline pipeline, StageKey? stage) => stage switch
    {
        _ when !pipeline.Exists =>
            Rejection.Invalid("pipeline-unknown", $"There is no pipeline '{pipeline.Id}' at that time.", "/pipelineId"),
        { } key when pipeline.Find(key) is null =>
            Rejection.Invalid("stage-unknown", $"Pipeline '{pipeline.Name}' has no stage '{key}' at that time.", "/stage"),
        _ => null,
    };

    /// <summary>An amount, if there is one, is in a known currency, not negative and has no more decimals than it.</summary>
    public static Rejection? Amount(Money? amount) => amount switch
    {
        { Currency: var code } when !Currencies.Exists(code) =>
            Rejection.Invalid("currency-unknown", $"'{code}' is no currency of ISO 4217.", "/amount/currency"),
        { Amount: < 0 } => Rejection.Invalid("amount-negative", "The amount of a deal is not negative.", "/amount"),
        { IsExact: false } money =>
            Rejection.Invalid("amount-decimals", $"{money.Currency} has fewer decimals than that.", "/amount"),
        _ => null,
    };
}
