using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/contracts/{contractId}</c></summary>
internal sealed class GetContractEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/contracts/{contractId}", HandleAsync)
        .WithName("GetContract").WithTags("Contracts")
        .WithSummary("A contract as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<ContractView>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string contractId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Contracts, contractId, at, cancellation);
        if (read is not { State.Status: not ContractStatus.None })
        {
            return Problem.NotFound("contract", contractId);
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        return TypedResults.Ok(ContractView.Of(contractId, read.Version, read.State, read.AsOf));
    }
}
