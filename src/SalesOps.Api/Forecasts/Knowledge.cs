namespace SalesOps.Api.Forecasts;

/// <summary>By when something counts as known in a question about what was known in the past.</summary>
internal enum Knowledge
{
    /// <summary>When the source recorded it, where an import says so, and else when it was recorded here. A submission
    /// says itself when it was made.</summary>
    Source,

    /// <summary>When it was recorded here.</summary>
    Recorded,
}
