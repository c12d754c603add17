using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/supersede</c></summary>
internal sealed class SupersedeContractEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/supersede", HandleAsync)
        .WithName("SupersedeContract").WithTags("Contracts")
        .WithSummary("Puts another contract in the place of this one.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId,
            _ => body.EffectiveAt?.Start(write.Calendar),
            (contract, _) => SupersedeContract.Decide(contract, new(new(contractId), body.By)),
            cancellation);

    /// <param name="By">The contract that takes its place.</param>
    internal sealed record Request(ContractId By, DateOrInstant? EffectiveAt);
}
