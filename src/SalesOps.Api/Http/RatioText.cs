using System.Globalization;

namespace SalesOps.Api.Http;

/// <summary>Rates, percents, ratios and statistics of days: decimal strings of at most 6 places.</summary>
internal static class RatioText
{
    private const int Places = 6;

    public static bool TryRead(string text, out decimal value, out string fault) =>
        DecimalText.TryRead(text, Places, out value, out fault);

    public static string Write(decimal value) => decimal
        .Round(value, Places, MidpointRounding.AwayFromZero)
        .ToString("0.######", CultureInfo.InvariantCulture);
}
