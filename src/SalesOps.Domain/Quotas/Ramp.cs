using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Quotas;

/// <summary>When a new rep counts as ramped (RULES R8).</summary>
public enum RampDefinition
{
    /// <summary>The first of k periods in a row with an attainment of x percent and more; inherited deals don't fool it.</summary>
    Sustained,

    /// <summary>The first period with an attainment of 100 percent and more.</summary>
    FirstFull,

    /// <summary>The mean cycle of won deals and 90 days.</summary>
    CyclePlus90,
}

/// <summary>What a rep attained of the quota in a period; absent without a quota.</summary>
public sealed record PeriodAttainment(string Key, Period Days, decimal? Attainment);

/// <summary>How long a rep took to ramp.</summary>
/// <param name="Period">In which it was reached.</param>
/// <param name="Periods">How many had passed before it since the hire.</param>
/// <param name="Days">From the hire to the end of that period, when its attainment is known.</param>
/// <param name="Reason">Why there is no ramp time.</param>
public sealed record Ramp(string? Period, int? Periods, decimal? Days, string? Reason)
{
    /// <summary>How many periods in a row a sustained ramp takes, unless another number is asked for.</summary>
    public const int DefaultInARow = 2;

    /// <summary>The attainment that each of them takes; 1 for 100 percent.</summary>
    public const decimal DefaultThreshold = 0.8m;

    /// <param name="attained">The periods from the hire on that are over, in order.</param>
    /// <param name="inARow">How many there must be in a row for a sustained ramp.</param>
    /// <param name="threshold">1 for 100 percent.</param>
    public static Ramp Of(DateOnly? hiredOn, IReadOnlyList<PeriodAttainment> attained, int inARow, decimal threshold)
    {
        if (hiredOn is not { } hired)
        {
            return new(null, null, null, "no-hire-date");
        }

        for (var index = 0; index + inARow <= attained.Count; index++)
        {
            if (attained.Skip(index).Take(inARow).All(period => period.Attainment >= threshold))
            {
                var reached = attained[index];
                return new(reached.Key, index, reached.Days.To.DayNumber - hired.DayNumber, null);
            }
        }

        return new(null, null, null, attained.Any(period => period.Attainment is not null) ? "not-ramped-yet" : "no-quota");
    }

    /// <summary>The same for all reps: the mean cycle of won deals and 90 days.</summary>
    public static Ramp OfCycle(CycleTally won) => won.Days.Mean is { } mean
        ? new(null, null, mean + 90, null)
        : new(null, null, null, Ratio.NoDenominator);

    /// <summary>The mean of those who have ramped.</summary>
    public static Ratio MeanOf(IEnumerable<decimal?> days)
    {
        decimal[] ramped = [.. days.OfType<decimal>()];
        return Ratio.Of(ramped.Sum(), ramped.Length);
    }
}
