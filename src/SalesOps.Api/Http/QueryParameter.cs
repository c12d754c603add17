namespace SalesOps.Api.Http;

/// <summary>
/// A query or header parameter that a bindable type reads; its endpoint carries it as metadata, for the check of
/// unknown parameters and for the document.
/// </summary>
/// <param name="Name">As it is written.</param>
/// <param name="Type">One that <see cref="QueryFormat"/> knows; headers are strings.</param>
/// <param name="Description">A sentence for the document.</param>
internal sealed record QueryParameter(string Name, Type Type, string? Description)
{
    public bool IsHeader { get; init; }

    /// <summary>Several values with commas between them.</summary>
    public bool IsList { get; init; }

    public bool IsRequired { get; init; }
}
