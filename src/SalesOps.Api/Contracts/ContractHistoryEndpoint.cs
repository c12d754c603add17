using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/contracts/{contractId}/history</c></summary>
internal sealed class ContractHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/contracts/{contractId}/history", HandleAsync)
        .WithName("GetContractHistory").WithTags("Contracts").WithSummary("Every event of a contract, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string contractId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(caller, StreamKinds.Contracts, contractId, format, cancellation);
}
