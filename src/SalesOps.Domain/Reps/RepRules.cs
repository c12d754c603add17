using System.Globalization;

namespace SalesOps.Domain.Reps;

/// <summary>Refusals that several commands on reps come to.</summary>
internal static class RepRules
{
    public static Rejection NotOnLeave() => Rejection.Conflict("not-on-leave", "The rep is not on leave at that time.");

    public static Rejection OnLeave() => Rejection.Conflict("leave-overlaps", "The rep is on leave already at that time.");

    public static Rejection Departed(DateOnly on) => Rejection.Conflict(
        "rep-departed", $"The rep is gone since {on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");

    /// <summary>Nothing of that date happened before the rep was hired.</summary>
    public static Rejection? BeforeHire(Rep rep, DateOnly date, string pointer) => date < rep.Profile?.HiredOn
        ? Rejection.Invalid("before-hire", "The rep was not hired yet on that date.", pointer)
        : null;
}
