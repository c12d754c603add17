namespace SalesOps.Domain.Forecasts;

/// <summary>The square root in decimals, which the base library has for binary fractions only.</summary>
internal static class Root
{
    /// <summary>To the last digits of a decimal; the value is not negative.</summary>
    public static decimal Of(decimal value)
    {
        if (value == 0)
        {
            return 0;
        }

        // Newton's steps from above come down until they can't.
        var root = Math.Max(1, value);
        for (var next = (root + (value / root)) / 2; next < root; next = (root + (value / root)) / 2)
        {
            root = next;
        }

        return root;
    }
}
