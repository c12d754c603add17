using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using SalesOps.Api.Http;

namespace SalesOps.Api.Imports;

/// <summary>The problem of an import that was to be recorded whole and has bad rows: it carries the members of the answer too.</summary>
internal sealed record ImportRejected(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string TraceId,
    int Received,
    int Created,
    int Unchanged,
    int Failed,
    long Position,
    IReadOnlyList<RowResult> Rows,
    IReadOnlyList<ImportObservation> Observations)
{
    private static Problem Problem { get; } = new(
        StatusCodes.Status422UnprocessableEntity, "import-rejected", "Some rows failed, so nothing was recorded.");

    public static ImportRejected By(ImportAnswer answer, HttpContext context)
    {
        var document = Problem.Document(context);
        return new(
            document.Type, document.Title, document.Status, document.Detail, document.Code, document.TraceId,
            answer.Received, answer.Created, answer.Unchanged, answer.Failed, answer.Position, answer.Rows, answer.Observations);
    }
}

/// <summary>Sends an <see cref="ImportRejected"/>.</summary>
internal sealed class ImportRejectedResult(ImportAnswer answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        httpContext.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return httpContext.Response.WriteAsJsonAsync(
            ImportRejected.By(answer, httpContext), json.GetTypeInfo(typeof(ImportRejected)), ProblemDocument.ContentType,
            httpContext.RequestAborted);
    }
}
