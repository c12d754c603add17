namespace SalesOps.Api.Imports;

/// <summary>
/// Ends the reading of an import that cannot be read as a whole: another encoding, a missing column, a bad mapping.
/// What is wrong with one row never is one of these.
/// </summary>
internal sealed class ImportRefusedException(string code, string detail) : Exception(detail)
{
    /// <summary>Stable and kebab-case, for programs.</summary>
    public string Code { get; } = code;

    /// <summary>Where in the input the trouble lies, if it lies in one place: a JSON pointer into a mapping, a file and line.</summary>
    public string? Place { get; init; }
}
