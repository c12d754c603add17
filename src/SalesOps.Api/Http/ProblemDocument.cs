namespace SalesOps.Api.Http;

/// <summary>A problem as it is written: RFC 9457 with a code, the id of the trace and the places in the input.</summary>
internal sealed record ProblemDocument(
    string Type, string Title, int Status, string Detail, string Code, string TraceId, IReadOnlyList<InputError>? Errors)
{
    public const string ContentType = "application/problem+json";
}
