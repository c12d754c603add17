namespace SalesOps.Domain;

/// <summary>What kind of no a rejection is.</summary>
public enum RejectionKind
{
    /// <summary>There is no such thing, or it was not there yet at that time.</summary>
    NotFound,

    /// <summary>The state says no.</summary>
    Conflict,

    /// <summary>The command itself breaks a rule, whatever the state.</summary>
    Invalid,
}

/// <summary>A refusal: a value, never an exception.</summary>
/// <param name="Kind">What kind of no it is.</param>
/// <param name="Code">Stable and kebab-case, for programs.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Pointer">Where in the command the trouble lies, as a JSON pointer, if it lies in one place.</param>
public sealed record Rejection(RejectionKind Kind, string Code, string Detail, string? Pointer = null)
{
    public static Rejection NotFound(string what, string id) =>
        new(RejectionKind.NotFound, $"{what}-not-found", $"There is no {what} '{id}' at that time.");

    public static Rejection Conflict(string code, string detail) => new(RejectionKind.Conflict, code, detail);

    public static Rejection Invalid(string code, string detail, string pointer) =>
        new(RejectionKind.Invalid, code, detail, pointer);
}
