using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/contract-templates/{templateId}</c></summary>
internal sealed class GetContractTemplateEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/contract-templates/{templateId}", HandleAsync)
        .WithName("GetContractTemplate").WithTags("Contracts")
        .WithSummary("A template's clauses as in force at a time, as known at a time, each with its version.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string templateId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.ContractTemplates, templateId, at, cancellation);
        if (read is not { State.Name: { } name })
        {
            return Problem.NotFound("contract-template", templateId);
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        return TypedResults.Ok(new Response(
            templateId, read.Version, name, read.State.Version, [.. read.State.Clauses.Select(ClauseView.Of)], read.AsOf));
    }

    /// <param name="TemplateVersion">The version that is in force.</param>
    internal sealed record Response(
        string Id, long Version, string Name, long TemplateVersion, IReadOnlyList<ClauseView> Clauses, AsOfView AsOf);
}
