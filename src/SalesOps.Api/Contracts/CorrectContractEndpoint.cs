using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/corrections</c></summary>
internal sealed class CorrectContractEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/corrections", HandleAsync)
        .WithName("CorrectContract").WithTags("Contracts")
        .WithSummary("Takes a recorded fact back, and may put another in its place; what the clock says follows.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CorrectAsync(
            write, StreamKinds.Contracts, contractId, body, (_, _) => null,
            (contract, replacement, at, _) => new(ContractReplacement.Decide(
                contract, replacement, new(contractId), write.Calendar.DateOf(at))),
            cancellation);
}
