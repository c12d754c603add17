using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/amend</c></summary>
internal sealed class AmendContractEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/amend", HandleAsync)
        .WithName("AmendContract").WithTags("Contracts")
        .WithSummary("Records a signed amendment, however late; what it does not touch stays as it is.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId,
            _ => body.EffectiveAt?.Start(write.Calendar),
            (contract, at) => AmendContract.Decide(contract, new(
                write.Calendar.DateOf(at), [.. (body.Clauses ?? []).Select(clause => clause.ToClause())], body.Value, body.TermEnd,
                body.AutoRenew, body.NoticeDays, body.SignedOn)),
            cancellation);

    internal sealed record Request(
        IReadOnlyList<ClauseBody>? Clauses,
        Money? Value,
        DateOnly? TermEnd,
        bool? AutoRenew,
        int? NoticeDays,
        DateOnly? SignedOn,
        DateOrInstant? EffectiveAt);
}
