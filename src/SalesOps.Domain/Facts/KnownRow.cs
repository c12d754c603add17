namespace SalesOps.Domain.Facts;

/// <summary>
/// What held during <c>[ValidFrom, ValidTo)</c>, as known during <c>[KnownFrom, KnownTo)</c>. An open end is
/// <see cref="DateTimeOffset.MaxValue"/>.
/// </summary>
public readonly record struct KnownRow<TRow>(
    DateTimeOffset ValidFrom, DateTimeOffset ValidTo, DateTimeOffset KnownFrom, DateTimeOffset KnownTo, TRow Row)
    where TRow : class
{
    /// <summary>Whether both say the same of the same time, whenever each became known.</summary>
    public bool SaysTheSameAs(KnownRow<TRow> other) =>
        ValidFrom == other.ValidFrom && ValidTo == other.ValidTo && Row.Equals(other.Row);
}
