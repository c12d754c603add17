namespace SalesOps.Domain.Forecasts;

/// <summary>Which of several submissions for one period is the call that a rep is judged by.</summary>
public static class ForecastCalls
{
    /// <summary>From the one that is meant most seriously.</summary>
    private static readonly ForecastCategory[] Order =
    [
        ForecastCategory.Commit, ForecastCategory.MostLikely, ForecastCategory.BestCase, ForecastCategory.Pipeline,
        ForecastCategory.Closed,
    ];

    /// <summary>The first of these categories that is there, or the one that is asked for; absent where it isn't.</summary>
    public static T? Find<T>(IReadOnlyList<T> said, Func<T, ForecastCategory> categoryOf, ForecastCategory? category)
        where T : class => (category is { } asked ? [asked] : Order)
            .Select(wanted => said.FirstOrDefault(one => categoryOf(one) == wanted))
            .FirstOrDefault(one => one is not null);
}
