using System.Collections.Immutable;
using System.Globalization;

namespace SalesOps.Domain.Compensation;

/// <summary>A rate from a day on.</summary>
/// <param name="Rate">Absent where the quote before ends.</param>
public sealed record DatedRate(DateOnly From, decimal? Rate = null);

/// <summary>What happened to the rates of a pair of currencies.</summary>
public abstract record RateEvent
{
    private RateEvent()
    {
    }

    /// <summary>Rates became known, or others in the place of some that were: a correction is a new version.</summary>
    /// <param name="Rates">In the order of their days.</param>
    public sealed record Quoted(ValueList<DatedRate> Rates) : RateEvent;
}

/// <summary>The rates of a pair of currencies.</summary>
/// <param name="Quotes">By their first days, each with the version of the stream that said so last.</param>
public sealed record RateBook(ImmutableSortedDictionary<DateOnly, (decimal? Rate, long Version)> Quotes)
{
    public static Decider<RateBook, RateEvent> Decider { get; } = new(
        new RateBook(ImmutableSortedDictionary<DateOnly, (decimal? Rate, long Version)>.Empty), Evolve, (_, _) => null);

    /// <summary>The id of a pair, which is that of its stream.</summary>
    public static string IdOf(string @base, string quote) => $"{@base}-{quote}";

    /// <summary>The quotes with their ids, which name the version too: <c>EUR-USD@2026-01-02.3</c>.</summary>
    /// <param name="pair">The id of the pair.</param>
    public IEnumerable<FxQuote> QuotesOf(string pair) => Quotes.Select(entry => new FxQuote(
        string.Create(CultureInfo.InvariantCulture, $"{pair}@{entry.Key:yyyy-MM-dd}.{entry.Value.Version}"),
        pair[..3], pair[4..], entry.Key, entry.Value.Rate));

    /// <summary>Whatever the order of their days, what was said last counts.</summary>
    private static RateBook Evolve(RateBook state, Fact<RateEvent> fact)
    {
        if (fact.Event is not RateEvent.Quoted quoted)
        {
            return state;
        }

        var quotes = state.Quotes.ToBuilder();
        foreach (var rate in quoted.Rates)
        {
            if (!quotes.TryGetValue(rate.From, out var known) || known.Version < fact.Version)
            {
                quotes[rate.From] = (rate.Rate, fact.Version);
            }
        }

        return new(quotes.ToImmutable());
    }
}

/// <summary>Makes rates known; those that are known so already are no news.</summary>
/// <param name="Rates">In the order of their days.</param>
public sealed record QuoteRates(IReadOnlyList<DatedRate> Rates)
{
    public static Decision<RateEvent> Decide(RateBook latest, QuoteRates command)
    {
        DatedRate[] news =
        [
            .. command.Rates.Where(rate => !latest.Quotes.TryGetValue(rate.From, out var known) || known.Rate != rate.Rate),
        ];
        return news is [] ? Decision<RateEvent>.Nothing : Decision<RateEvent>.Accept(new RateEvent.Quoted([.. news]));
    }
}
