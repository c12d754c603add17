using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/contracts</c></summary>
internal sealed class ListContractsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/contracts", HandleAsync)
        .WithName("ListContracts").WithTags("Contracts")
        .WithSummary("Contracts as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        Choices<ContractStatus>? status, CommaList? accountId, CommaList? dealId, DateOnly? endFrom, DateOnly? endTo,
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var filter = new ContractFilter(status?.Values, accountId?.Values, dealId?.Values, endFrom, endTo);
            var contracts = await facts.ContractsAsync(at.ValidAt, filter, paging.After?[0], paging.Limit + 1, cancellation);
            var (page, next) = paging.Page(contracts, contract => [contract.Id]);
            return TypedResults.Ok(new Response(asOf, [.. page.Select(Item.Of)], next));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    internal sealed record Item(
        string Id,
        ContractStatus Status,
        string AccountId,
        string? DealId,
        DateOnly TermStart,
        DateOnly TermEnd,
        Money Value,
        bool AutoRenew,
        DateOnly NoticeDeadline,
        DateOnly? NoticeOn,
        string? LostFor)
    {
        public static Item Of(Listed<ContractFact> contract)
        {
            var fact = contract.Fact;
            return new(
                contract.Id, fact.Status, fact.AccountId.Value, fact.DealId?.Value, fact.TermStart, fact.TermEnd, fact.Value,
                fact.AutoRenew, fact.NoticeDeadline, fact.NoticeOn, fact.LostFor);
        }
    }
}
