namespace SalesOps.Domain.Compensation;

/// <summary>What a rate of exchange must be, wherever it comes from.</summary>
public static class RateRules
{
    /// <summary>What is wrong with a quote; null where nothing is.</summary>
    public static Rejection? Fault(string @base, string quote, decimal? rate) =>
        !Currencies.Exists(@base) ? Rejection.Invalid("currency-unknown", $"'{@base}' is no currency of ISO 4217.", "/base")
        : !Currencies.Exists(quote) ? Rejection.Invalid("currency-unknown", $"'{quote}' is no currency of ISO 4217.", "/quote")
        : @base == quote ? Rejection.Invalid("currency-same", "A rate is between two currencies.", "/quote")
        : rate <= 0 ? Rejection.Invalid("rate-range", "A rate is above 0.", "/rate")
        : null;
}
