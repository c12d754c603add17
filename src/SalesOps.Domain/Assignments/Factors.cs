namespace SalesOps.Domain.Assignments;

/// <summary>
/// How well a rep fits a buyer, in five ways (RULES R27). Each is between 0 and 1 and rounded to 6 places, so that
/// whoever reads the factors can work out the score.
/// </summary>
/// <param name="Experience">
/// Won deals in general and with accounts of the same segment: <c>½·g(won; 20) + ½·g(won in the segment; 5)</c>, or
/// <c>g(won; 20)</c> for an account without a segment. <c>g(n; h) = n ÷ (n + h)</c> grows with every deal but ever less:
/// h deals make one half.
/// </param>
/// <param name="BuyerKnowledge">
/// Won deals with the account itself, with its industry, and people known there:
/// <c>½·g(won with it; 1) + ¼·g(won in the industry; 5) + ¼·g(contacts; 2)</c>.
/// </param>
/// <param name="QuotaHeadroom">
/// <c>1 − credited pipeline ÷ quota</c>, not below 0; ½ without a quota, which speaks neither for nor against the rep.
/// </param>
/// <param name="BuyingProcessFit">
/// The share of the rep's won deals that were with accounts that buy in the same way; 0 without won deals, ½ for an account
/// of which nobody knows how it buys.
/// </param>
/// <param name="Load">
/// <c>1 − open accounts ÷ capacity</c>, not below 0; ½ without a capacity.
/// </param>
public sealed record Factors(
    decimal Experience, decimal BuyerKnowledge, decimal QuotaHeadroom, decimal BuyingProcessFit, decimal Load)
{
    private const decimal Neutral = 0.5m;
    private const int Places = 6;

    /// <param name="openAccounts">How many accounts the rep serves when it is asked.</param>
    public static Factors Of(Buyer buyer, Candidate candidate, int openAccounts)
    {
        var record = candidate.Record ?? TrackRecord.None;
        return new(
            Rounded(ExperienceOf(buyer, record)),
            Rounded(
                (Growing(record.Buyers.CountOf(buyer.Id), half: 1) / 2)
                + (Growing(record.Industries.CountOf(buyer.Industry), half: 5) / 4)
                + (Growing(record.Contacts.CountOf(buyer.Id), half: 2) / 4)),
            Rounded(candidate.Load?.Quota is { Amount: > 0 } quota
                ? Clamped(1 - ((candidate.Load.Pipeline?.Amount ?? 0) / quota.Amount))
                : Neutral),
            Rounded(buyer.BuyingProcess is null ? Neutral
                : record.Won == 0 ? 0
                : Clamped((decimal)record.BuyingProcesses.CountOf(buyer.BuyingProcess) / record.Won)),
            Rounded(candidate.Load?.Capacity is { } capacity
                ? capacity == 0 ? 0 : Clamped(1 - ((decimal)openAccounts / capacity))
                : Neutral));
    }

    /// <summary>The weighted sum, rounded to 6 places.</summary>
    public decimal ScoreBy(FactorWeights weights) => Rounded(
        (Experience * weights.Experience) + (BuyerKnowledge * weights.BuyerKnowledge)
        + (QuotaHeadroom * weights.QuotaHeadroom) + (BuyingProcessFit * weights.BuyingProcessFit) + (Load * weights.Load));

    private static decimal ExperienceOf(Buyer buyer, TrackRecord record) => buyer.Segment is null
        ? Growing(record.Won, half: 20)
        : (Growing(record.Won, half: 20) + Growing(record.Segments.CountOf(buyer.Segment), half: 5)) / 2;

    private static decimal Growing(int count, int half) => (decimal)count / (count + half);

    private static decimal Clamped(decimal value) => Math.Clamp(value, 0, 1);

    private static decimal Rounded(decimal value) => decimal.Round(value, Places, MidpointRounding.AwayFromZero);
}

/// <summary>Looking a tally up.</summary>
internal static class Tallies
{
    /// <summary>Names are written by people: case does not tell them apart.</summary>
    public static int CountOf(this ValueList<Tally>? tallies, string? key)
    {
        var count = 0;
        if (key is not null && tallies is { } items)
        {
            foreach (var tally in items)
            {
                count += string.Equals(tally.Key, key, StringComparison.OrdinalIgnoreCase) ? tally.Count : 0;
            }
        }

        return count;
    }
}
