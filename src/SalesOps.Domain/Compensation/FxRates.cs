namespace SalesOps.Domain.Compensation;

/// <summary>How much of one currency another is worth, from a day until the day before the next quote of the pair.</summary>
/// <param name="Id">Kept with whatever was converted by it.</param>
/// <param name="Base">One of this</param>
/// <param name="Quote">is worth <paramref name="Rate"/> of this.</param>
/// <param name="From">The first day.</param>
/// <param name="Rate">Absent where the quote ends and nothing takes its place.</param>
public sealed record FxQuote(string Id, string Base, string Quote, DateOnly From, decimal? Rate);

/// <summary>A conversion, with the quotes that it was made by.</summary>
/// <param name="Rate">Units of the target currency for one of the source.</param>
/// <param name="Quotes">One, or two where it goes through a common base.</param>
public sealed record FxConversion(decimal Rate, IReadOnlyList<FxQuote> Quotes);

/// <summary>Dated rates of exchange (RULES R23). A missing rate is missing: never the latest instead.</summary>
public sealed class FxRates
{
    private readonly Dictionary<(string Base, string Quote), FxQuote[]> _quotes;
    private readonly string[] _bases;

    public FxRates(IEnumerable<FxQuote> quotes)
    {
        _quotes = quotes
            .GroupBy(quote => (quote.Base, quote.Quote))
            .ToDictionary(group => group.Key, group => group.OrderBy(quote => quote.From).ToArray());
        _bases = [.. _quotes.Keys.Select(pair => pair.Base).Distinct().Order(StringComparer.Ordinal)];
    }

    public static FxRates None { get; } = new([]);

    /// <summary>
    /// The conversion on a date: by the quote of the greatest start on or before it, direct, else inverted, else through
    /// one base that quotes both; null where there is none.
    /// </summary>
    public FxConversion? Find(string from, string to, DateOnly on)
    {
        if (Direct(from, to, on) is { } direct)
        {
            return direct;
        }

        foreach (var middle in _bases)
        {
            if (QuoteOf(middle, from, on) is { Rate: { } source } first && QuoteOf(middle, to, on) is { Rate: { } target } second)
            {
                return new(target / source, [first, second]);
            }
        }

        return null;
    }

    /// <summary>The conversion to a plan's currency of what is credited on a date, by the rate that the plan names.</summary>
    public FxConversion? Find(Plan plan, string from, DateOnly on) => plan.FxRate switch
    {
        FxRateType.PlanYear => Find(from, plan.Currency, new DateOnly(on.Year, 1, 1)),
        FxRateType.PayDate => Find(from, plan.Currency, plan.PeriodOf(on).To.AddDays(-1)),
        FxRateType.PeriodAverage => Mean(from, plan.Currency, plan.PeriodOf(on)),
        _ => Find(from, plan.Currency, on),
    };

    /// <summary>The mean over the days of a period, with the quotes of its first and last; null where any day has none.</summary>
    private FxConversion? Mean(string from, string to, Period period)
    {
        var (sum, days) = (0m, period.To.DayNumber - period.From.DayNumber);
        FxConversion? first = null, last = null;
        for (var day = period.From; day < period.To; day = day.AddDays(1))
        {
            last = Find(from, to, day);
            if (last is null)
            {
                return null;
            }

            first ??= last;
            sum += last.Rate;
        }

        return new(sum / days, [.. new[] { first!.Quotes[0], last!.Quotes[0] }.Distinct()]);
    }

    private FxConversion? Direct(string from, string to, DateOnly on) =>
        QuoteOf(from, to, on) is { Rate: { } rate } quote ? new(rate, [quote])
        : QuoteOf(to, from, on) is { Rate: { } inverse } inverted ? new(1 / inverse, [inverted])
        : null;

    private FxQuote? QuoteOf(string @base, string quote, DateOnly on)
    {
        if (!_quotes.TryGetValue((@base, quote), out var dated))
        {
            return null;
        }

        // The quote before the first one that begins later.
        var low = 0;
        var high = dated.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (dated[middle].From <= on)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 ? dated[low - 1] : null;
    }
}
