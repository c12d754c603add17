using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/send</c></summary>
internal sealed class SendContractEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/send", HandleAsync)
        .WithName("SendContract").WithTags("Contracts")
        .WithSummary("Records that a draft was sent to the other side.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId,
            _ => body.EffectiveAt?.Start(write.Calendar),
            (contract, _) => SendContract.Decide(contract, new(body.To)),
            cancellation);

    internal sealed record Request(string? To, DateOrInstant? EffectiveAt);
}
