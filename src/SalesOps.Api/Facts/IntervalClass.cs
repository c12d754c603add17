using System.Numerics;

namespace SalesOps.Api.Facts;

/// <summary>
/// The class of an interval by its length: the binary logarithm of its microseconds. An interval of class c that
/// contains an instant began less than 2^(c+1) microseconds before it, which bounds the search for it.
/// </summary>
internal static class IntervalClass
{
    /// <summary>The class of intervals that have no end.</summary>
    public const short Open = 63;

    public static short Of(DateTimeOffset from, DateTimeOffset to) => to == DateTimeOffset.MaxValue
        ? Open
        : (short)BitOperations.Log2((ulong)((to - from).Ticks / TimeSpan.TicksPerMicrosecond));
}
