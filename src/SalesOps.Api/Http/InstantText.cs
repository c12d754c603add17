using System.Globalization;
using System.Text.RegularExpressions;

namespace SalesOps.Api.Http;

/// <summary>Instants by RFC 3339, at most to the microsecond; written in UTC with <c>Z</c>.</summary>
internal static partial class InstantText
{
    private static readonly string[] Layouts =
        ["yyyy-MM-dd'T'HH:mm:ssK", .. Enumerable.Range(1, 6).Select(n => $"yyyy-MM-dd'T'HH:mm:ss.{new string('f', n)}K")];

    public static bool TryRead(string text, out DateTimeOffset value, out string fault)
    {
        value = default;
        fault = "An instant is written as in RFC 3339, such as 2026-03-31T09:30:00Z; in a query, '+' is written as %2B.";
        if (Shape().Match(text) is not { Success: true } match)
        {
            return false;
        }

        if (!match.Groups["zone"].Success)
        {
            fault = "An instant needs its zone: Z or an offset such as +02:00.";
            return false;
        }

        if (match.Groups["fraction"].Length > 6)
        {
            fault = "An instant is precise to the microsecond, 6 digits, not more.";
            return false;
        }

        if (!DateTimeOffset.TryParseExact(
            text, Layouts, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out value))
        {
            fault = "There is no such instant.";
            return false;
        }

        fault = DateText.OutOfRange;
        return DateText.IsInRange(value.Year);
    }

    public static string Write(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.(?<fraction>[0-9]{1,40}))?(?<zone>Z|[+-][0-9]{2}:[0-9]{2})?\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
