namespace SalesOps.Domain.Territories;

/// <summary>What several rules on one number come to together: <c>[From, To)</c>, an absent bound being none.</summary>
/// <param name="Currency">The one that the rules name, if they do.</param>
/// <param name="IsEmpty">Whether no number meets them all.</param>
internal sealed record NumberRange(decimal? From, decimal? To, string? Currency, bool IsEmpty)
{
    /// <summary>Null where there is no rule.</summary>
    public static NumberRange? Of(IEnumerable<TerritoryRule> rules)
    {
        NumberRange? range = null;
        foreach (var rule in rules)
        {
            var bounds = rule.Values.Select(value => Bound.Of(rule.Field, value)).ToArray();
            var from = rule.Op == TerritoryOp.Below ? (decimal?)null : bounds[0].Number;
            var to = rule.Op == TerritoryOp.AtLeast ? (decimal?)null : bounds[^1].Number;
            var currency = bounds[0].Currency;
            range = range is null
                ? new(from, to, currency, false)
                : new(
                    Nullable.Compare(from, range.From) > 0 ? from : range.From,
                    to is null || range.To < to ? range.To : to,
                    range.Currency ?? currency,
                    range.IsEmpty || (range.Currency is { } before && currency is { } named && before != named));
            range = range with { IsEmpty = range.IsEmpty || range.From >= range.To || range.To <= 0 };
        }

        return range;
    }
}
