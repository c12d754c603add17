using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/sign</c></summary>
internal sealed class SignContractEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/sign", HandleAsync)
        .WithName("SignContract").WithTags("Contracts")
        .WithSummary("Records that both sides have signed: the contract is executed.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId,
            contract => body.EffectiveAt?.Start(write.Calendar)
                ?? ContractTimes.NotBefore(contract.DraftedAt, write.Calendar.StartOf(body.SignedOn)),
            (contract, _) => SignContract.Decide(contract, new(body.SignedOn, body.By)),
            cancellation);

    /// <param name="EffectiveAt">Default: the date of the signature, or the draft if that is later.</param>
    internal sealed record Request(DateOnly SignedOn, string? By, DateOrInstant? EffectiveAt);
}
