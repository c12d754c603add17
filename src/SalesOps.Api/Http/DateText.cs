using System.Globalization;

namespace SalesOps.Api.Http;

/// <summary>Business dates: <c>2026-03-31</c>.</summary>
internal static class DateText
{
    private const int FirstYear = 1900;
    private const int LastYear = 2999;

    public static string OutOfRange { get; } =
        string.Create(CultureInfo.InvariantCulture, $"The year lies between {FirstYear} and {LastYear}.");

    public static bool TryRead(string text, out DateOnly value, out string fault)
    {
        fault = "A date is written as YYYY-MM-DD.";
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value))
        {
            return false;
        }

        fault = OutOfRange;
        return IsInRange(value.Year);
    }

    public static string Write(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Keeps arithmetic on dates and PostgreSQL's timestamps far from their ends.</summary>
    public static bool IsInRange(int year) => year is >= FirstYear and <= LastYear;
}
