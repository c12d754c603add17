namespace SalesOps.Domain.Forecasts;

/// <summary>
/// Draws deal by deal whether it is won, <see cref="Draws"/> times. What a deal draws depends on its id and the number of
/// the draw alone: the same deals give the same figures everywhere, and one deal more leaves the draws of the others.
/// </summary>
public static class Simulation
{
    public const int Draws = 1000;

    private const ulong Seed = 20260101;

    /// <summary>The tenth, fiftieth and ninetieth percentile (nearest rank) of what is closed and what is won of the rest.</summary>
    public static (decimal P10, decimal P50, decimal P90) Draw(
        decimal closed, IEnumerable<(DealId Id, decimal Amount, decimal Rate)> deals)
    {
        var sums = new decimal[Draws];
        Array.Fill(sums, closed);
        foreach (var (id, amount, rate) in deals)
        {
            var (deal, threshold) = (Seed ^ HashOf(id.Value), ThresholdOf(rate));
            for (var draw = 0; draw < Draws; draw++)
            {
                if (rate >= 1 || Mix(deal + (0x9E3779B97F4A7C15 * (ulong)(draw + 1))) < threshold)
                {
                    sums[draw] += amount;
                }
            }
        }

        Array.Sort(sums);
        return (sums[(Draws / 10) - 1], sums[(Draws / 2) - 1], sums[(Draws * 9 / 10) - 1]);
    }

    /// <summary>The share of all 64-bit numbers.</summary>
    private static ulong ThresholdOf(decimal rate) => rate <= 0 ? 0 : rate >= 1 ? ulong.MaxValue : (ulong)(rate * ulong.MaxValue);

    /// <summary>FNV-1a over the characters: the same in every process.</summary>
    private static ulong HashOf(string text)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 0x100000001B3;
        }

        return hash;
    }

    /// <summary>The finaliser of SplitMix64: neighbours become independent.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
