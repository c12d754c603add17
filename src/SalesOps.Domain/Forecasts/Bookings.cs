namespace SalesOps.Domain.Forecasts;

/// <summary>What was won of an owner in a month, in one currency.</summary>
public sealed record OwnerMonth(RepId? OwnerId, DateOnly Month, Money Amount);

/// <summary>What was won by owner and month: what forecasts are held against.</summary>
public sealed class Bookings(IEnumerable<OwnerMonth> months)
{
    private readonly ILookup<(RepId? OwnerId, string Currency), OwnerMonth> _months =
        months.ToLookup(won => (won.OwnerId, won.Amount.Currency));

    /// <summary>The currencies in which an owner has won anything.</summary>
    public IEnumerable<(RepId? OwnerId, string Currency)> Owners => _months.Select(owner => owner.Key);

    /// <summary>What owners won in a period.</summary>
    public decimal Of(IEnumerable<RepId?> owners, string currency, Period days) => owners.Sum(owner =>
        _months[(owner, currency)].Where(won => days.Contains(won.Month)).Sum(won => won.Amount.Amount));

    /// <summary>What everybody won in a period.</summary>
    public decimal Total(string currency, Period days) =>
        Of(Owners.Where(owner => owner.Currency == currency).Select(owner => owner.OwnerId), currency, days);

    /// <summary>The same as a baseline: absent where they had won nothing by then.</summary>
    public decimal? Baseline(IReadOnlyCollection<RepId?> owners, string currency, Period days) =>
        owners.Any(owner => _months[(owner, currency)].Any(won => won.Month < days.To)) ? Of(owners, currency, days) : null;
}
