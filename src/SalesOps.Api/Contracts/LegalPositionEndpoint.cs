using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/accounts/{accountId}/legal-position</c></summary>
internal sealed class LegalPositionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}/legal-position", HandleAsync)
        .WithName("GetLegalPosition").WithTags("Contracts")
        .WithSummary("What governs with an account: its contracts, and of each clause the value and the papers it comes from.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(404, 422);

    private static Task<IResult> HandleAsync(
        string accountId, ReadAt at, Caller caller, FactReads reads, StreamReads accounts, ContractStates states,
        CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var ids = await facts.ContractsOfAsync(at.ValidAt, accountId, cancellation);
            if (ids is [] && await accounts.ReadAsync(caller, StreamKinds.Accounts, accountId, at, cancellation) is null)
            {
                return Problem.NotFound("account", accountId);
            }

            var contracts = await states.OfAsync(caller, asOf, ids, cancellation);
            return TypedResults.Ok(new Response(
                asOf, accountId,
                [.. contracts.Where(contract => contract.State.Governs).Select(contract => Item.Of(contract.Id, contract.State))],
                [.. contracts.Where(contract => !contract.State.Governs && contract.State.Status > ContractStatus.Draft)
                    .Select(contract => new PastItem(contract.Id, contract.State.Status, contract.State.Term!.End))]));
        }
    }

    /// <param name="Contracts">Those that govern, or whose terms are presumed to go on.</param>
    /// <param name="Past">Those that no longer do.</param>
    internal sealed record Response(AsOfView AsOf, string AccountId, IReadOnlyList<Item> Contracts, IReadOnlyList<PastItem> Past);

    internal sealed record PastItem(string ContractId, ContractStatus Status, DateOnly TermEnd);

    /// <param name="ForCounsel">Why a lawyer should look at it; empty where the papers speak for themselves.</param>
    internal sealed record Item(
        string ContractId,
        ContractStatus Status,
        DateOnly TermStart,
        DateOnly TermEnd,
        DateOnly NoticeDeadline,
        bool AutoRenew,
        Money Value,
        NoticeView? Notice,
        IReadOnlyList<string> ForCounsel,
        IReadOnlyList<ClauseItem> Clauses)
    {
        public static Item Of(string id, Contract contract) => new(
            id, contract.Status, contract.Term!.Start, contract.Term.End, contract.NoticeDeadline!.Value, contract.AutoRenew,
            contract.Value!.Value, NoticeView.Of(contract.Notice), LegalPosition.ForCounsel(contract),
            [.. LegalPosition.ClausesOf(contract).Select(ClauseItem.Of)]);
    }

    /// <param name="GovernedBy">The paper whose value governs.</param>
    /// <param name="Chain">Every paper that touches the clause, in the order of their effect.</param>
    internal sealed record ClauseItem(string Key, string? Title, string Value, PaperItem GovernedBy, IReadOnlyList<PaperItem> Chain)
    {
        public static ClauseItem Of(GoverningClause clause)
        {
            var title = clause.Clause.Title
                ?? clause.Chain.Select(paper => paper.Find(clause.Clause.Key)!.Title).FirstOrDefault(known => known is not null);
            return new(
                clause.Clause.Key.Value, title, clause.Clause.Value, Paper(clause.Governing), [.. clause.Chain.Select(Paper)]);

            PaperItem Paper(ContractDocument paper) => new(
                paper.Id, paper.Kind, paper.EffectiveAt, paper.SignedOn, paper.Find(clause.Clause.Key)!.Value);
        }
    }

    /// <param name="EventId">The fact that recorded the paper.</param>
    /// <param name="Value">What it says of the clause.</param>
    internal sealed record PaperItem(Guid EventId, DocumentKind Kind, DateTimeOffset EffectiveAt, DateOnly? SignedOn, string Value);
}
