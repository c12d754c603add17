namespace SalesOps.Domain.Metrics;

/// <summary>What of a quota is left, and the open pipeline that is to cover it; one currency (RULES R3).</summary>
/// <param name="Open">Amounts of open deals that are to close in the period.</param>
/// <param name="WinRate">Of the same definition of stages: won ÷ (won + lost).</param>
public sealed record Coverage(decimal Quota, decimal Won, decimal Open, Ratio WinRate)
{
    public const string NoQuota = "no-quota";
    public const string NoWinRate = "no-win-rate";

    public decimal Remaining => Quota - Won;

    /// <summary>Whether the quota is reached and nothing is left to cover.</summary>
    public bool IsMet => Quota > 0 && Remaining <= 0;

    /// <summary>Open pipeline ÷ what is left of the quota; absent where it is met.</summary>
    public Ratio Ratio => Quota <= 0 ? Ratio.Absent(NoQuota) : IsMet ? Ratio.Absent("met") : Ratio.Of(Open, Remaining);

    /// <summary>How often the pipeline must cover what is left: 1 ÷ win rate.</summary>
    public Ratio Required => WinRate.Value is > 0 and var rate ? Ratio.Of(1, rate) : Ratio.Absent(NoWinRate);

    /// <summary>What of pipeline is missing: max(0, remaining ÷ win rate − open).</summary>
    public decimal? ToCreate => Quota <= 0 ? null
        : IsMet ? 0
        : WinRate.Value is > 0 and var rate ? Math.Max(0, (Remaining / rate) - Open)
        : null;
}
