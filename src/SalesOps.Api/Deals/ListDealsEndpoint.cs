using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Deals;

/// <summary><c>GET /v1/deals</c></summary>
internal sealed class ListDealsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/deals", HandleAsync)
        .WithName("ListDeals").WithTags("Deals").WithSummary("Deals as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        Choices<Status>? status, CommaList? stage, CommaList? ownerId, CommaList? accountId, DateOnly? closeFrom,
        DateOnly? closeTo, ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var filter = new DealFilter(
                status?.Values.Select(StatusOf).ToArray(), stage?.Values, ownerId?.Values, accountId?.Values, closeFrom, closeTo);
            var deals = await facts.Lists.DealsAsync(at.ValidAt, filter, paging.After?[0], paging.Limit + 1, cancellation);
            var (page, next) = paging.Page(deals, deal => [deal.Id]);
            return TypedResults.Ok(new Response(asOf, [.. page.Select(Item.Of)], next));
        }
    }

    private static DealStatus StatusOf(Status status) => status switch
    {
        Status.Won => DealStatus.Won,
        Status.Lost => DealStatus.Lost,
        _ => DealStatus.Open,
    };

    /// <summary>What can be asked for: a deal that is not there has no status.</summary>
    internal enum Status
    {
        Open,
        Won,
        Lost,
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    internal sealed record Item(
        string Id,
        string Name,
        DealStatus Status,
        string PipelineId,
        string Stage,
        Money? Amount,
        string? OwnerId,
        string? AccountId,
        string? Source,
        DateOnly OpenedOn,
        DateOnly? ExpectedClose,
        DateOnly? ClosedOn,
        ForecastCategory? ForecastCategory,
        string? LossReason,
        string? Competitor)
    {
        public static Item Of(Listed<DealFact> deal)
        {
            var fact = deal.Fact;
            return new(
                deal.Id, fact.Name, fact.Status, fact.PipelineId.Value, fact.Stage.Value, fact.Amount, fact.OwnerId?.Value,
                fact.AccountId?.Value, fact.Source, fact.OpenedOn, fact.ExpectedClose, fact.ClosedOn, fact.Category,
                fact.LossReason, fact.Competitor);
        }
    }
}
