namespace SalesOps.Domain.Forecasts;

/// <summary>The cumulative roll-up of categories (RULES R2).</summary>
public enum CumulativeCategory
{
    Closed,

    /// <summary>Closed and commit.</summary>
    Commit,

    /// <summary>The cumulative commit and most likely.</summary>
    MostLikely,

    /// <summary>The cumulative most likely and best case.</summary>
    BestCase,

    /// <summary>All that is still open: pipeline, best case, most likely and commit, without closed.</summary>
    OpenPipeline,
}

/// <summary>Makes cumulative figures of single ones.</summary>
public static class CumulativeForecast
{
    /// <summary>The single categories that a cumulative one is the sum of.</summary>
    public static IReadOnlyList<ForecastCategory> PartsOf(CumulativeCategory category) => category switch
    {
        CumulativeCategory.OpenPipeline =>
            [ForecastCategory.Commit, ForecastCategory.MostLikely, ForecastCategory.BestCase, ForecastCategory.Pipeline],
        _ => [.. ForecastRules.Categories.Take((int)category + 1)],
    };

    /// <summary>The sum of what the parts come to.</summary>
    public static decimal Of(CumulativeCategory category, Func<ForecastCategory, decimal> single) => PartsOf(category).Sum(single);
}
