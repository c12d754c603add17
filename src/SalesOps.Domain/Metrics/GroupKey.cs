namespace SalesOps.Domain.Metrics;

/// <summary>The keys that groups have beside those of their values.</summary>
public static class GroupKey
{
    /// <summary>The one group of an answer that is not grouped.</summary>
    public const string All = "all";

    /// <summary>The group of what has no value to be grouped by.</summary>
    public const string None = "(none)";
}
