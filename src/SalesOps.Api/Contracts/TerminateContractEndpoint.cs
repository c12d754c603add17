using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/terminate</c></summary>
internal sealed class TerminateContractEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/terminate", HandleAsync)
        .WithName("TerminateContract").WithTags("Contracts")
        .WithSummary("Ends a contract before its term does; the reason is what churn is told apart by.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId,
            _ => (body.EffectiveAt ?? new(body.On)).Start(write.Calendar),
            (contract, _) => TerminateContract.Decide(contract, new(body.On, body.Reason)),
            cancellation);

    /// <param name="On">The first day on which it no longer holds.</param>
    internal sealed record Request(DateOnly On, string Reason, DateOrInstant? EffectiveAt);
}
