using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary><c>GET /v1/pipelines/{pipelineId}</c></summary>
internal sealed class GetPipelineEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/pipelines/{pipelineId}", HandleAsync)
        .WithName("GetPipeline").WithTags("Pipelines").WithSummary("A pipeline's stages as in force at a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<PipelineView>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string pipelineId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Pipelines, pipelineId, at, cancellation);
        var pipeline = read?.State ?? Pipeline.Decider(new(pipelineId)).Initial;
        if (!pipeline.Exists)
        {
            return Problem.NotFound("pipeline", pipelineId);
        }

        response.Headers.ETag = EntityTag.Of(read?.Version ?? 0);
        return TypedResults.Ok(PipelineView.Of(pipeline, read?.Version ?? 0, read?.AsOf));
    }
}
