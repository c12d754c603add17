using System.Globalization;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Ledger;

/// <summary>What the endpoints of the ledger say about periods and cursors.</summary>
internal static class LedgerPeriods
{
    /// <summary>The text is no month, quarter or year.</summary>
    public static Problem Unknown(string parameter) => Problem.BadParameter(
        parameter, "bad-period", "A period is a month such as 2026-03, a quarter such as 2026-Q1 or a year such as 2026.");

    /// <summary>Where a version of a plan is read.</summary>
    public static string PlanPath(PlanId plan, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"/v1/comp-plans/{plan}/versions/{version}");

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
