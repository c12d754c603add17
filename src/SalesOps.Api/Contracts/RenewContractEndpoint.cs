using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/renew</c></summary>
internal sealed class RenewContractEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/renew", HandleAsync)
        .WithName("RenewContract").WithTags("Contracts")
        .WithSummary("Records a signed renewal: the term that follows, at its own price or at what the contract says.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId, location: null,
            contract => body.EffectiveAt?.Start(write.Calendar) ?? ContractTimes.OfRenewal(contract, write.Calendar),
            async (contract, at, session) =>
            {
                var end = body.TermEnd ?? await session.TermEndAsync(body.CoTerminateWith, cancellation);
                return end is null && body.CoTerminateWith is { } other
                    ? ContractTimes.NoContract(other)
                    : RenewContract.Decide(contract, body.ToCommand(write.Calendar.DateOf(at), end));
            },
            cancellation);

    /// <param name="CoTerminateWith">A contract whose term the new one is to end with, where no end is given.</param>
    /// <param name="EffectiveAt">The start of the new term; default: the day after the last of the present one.</param>
    internal sealed record Request(
        DateOnly? TermEnd,
        int? RenewalTermMonths,
        Money? Value,
        decimal? Uplift,
        DateOnly? SignedOn,
        ContractId? CoTerminateWith,
        IReadOnlyList<ClauseBody>? Clauses,
        DateOrInstant? EffectiveAt)
    {
        public RenewContract ToCommand(DateOnly start, DateOnly? end) => new(
            start, end, RenewalTermMonths, Value, Uplift, SignedOn, CoTerminateWith,
            [.. (Clauses ?? []).Select(clause => clause.ToClause())]);
    }
}
