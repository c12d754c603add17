using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/activate</c></summary>
internal sealed class ActivateContractEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/activate", HandleAsync)
        .WithName("ActivateContract").WithTags("Contracts")
        .WithSummary("Puts an executed contract to work.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId,
            contract => body.EffectiveAt?.Start(write.Calendar) ?? ContractTimes.OfActivation(contract, write),
            (contract, _) => ActivateContract.Decide(contract),
            cancellation);

    /// <param name="EffectiveAt">Default: the start of the term, or the signature if that is later; now if both lie ahead.</param>
    internal sealed record Request(DateOrInstant? EffectiveAt);
}
