namespace SalesOps.Domain.Territories;

/// <summary>What of an account a rule asks about; texts are compared without regard to case, ids exactly.</summary>
public enum TerritoryField
{
    Country,
    Region,
    Industry,
    Segment,
    Employees,
    Revenue,

    /// <summary>The account itself: a list of named accounts.</summary>
    Account,

    /// <summary>How the account buys, for example by tender.</summary>
    BuyingProcess,
}

/// <summary>How a rule compares. Ranges are half-open, so that neighbours neither overlap nor leave a gap.</summary>
public enum TerritoryOp
{
    /// <summary>The value is one of the list.</summary>
    In,

    /// <summary>The value is none of the list; so is no value at all.</summary>
    NotIn,

    /// <summary>The number is the bound or more.</summary>
    AtLeast,

    /// <summary>The number is less than the bound.</summary>
    Below,

    /// <summary>The number is the first bound or more, and less than the second.</summary>
    Between,
}

/// <summary>
/// What an account must be to belong to a territory. An account that has no value for the field meets no rule on it but
/// <see cref="TerritoryOp.NotIn"/>.
/// </summary>
/// <param name="Values">
/// Texts or ids for <c>in</c> and <c>notIn</c>; else bounds: decimal numbers, and for revenue with or without a currency
/// after them (<c>1000000 EUR</c>). A bound with a currency is met by revenue in that currency alone, one without by
/// the amount in whatever currency it is.
/// </param>
public sealed record TerritoryRule(TerritoryField Field, TerritoryOp Op, IReadOnlyList<string> Values)
{
    public bool Equals(TerritoryRule? other) => other is not null
        && (Field, Op) == (other.Field, other.Op) && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Field, Op, Values.Count);

    /// <summary>What a text of the field is compared by.</summary>
    internal static StringComparer ComparerOf(TerritoryField field) =>
        field == TerritoryField.Account ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    internal static bool IsNumber(TerritoryField field) => field is TerritoryField.Employees or TerritoryField.Revenue;
}
