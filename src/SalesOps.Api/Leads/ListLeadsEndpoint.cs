using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Leads;

namespace SalesOps.Api.Leads;

/// <summary><c>GET /v1/leads</c></summary>
internal sealed class ListLeadsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/leads", HandleAsync)
        .WithName("ListLeads").WithTags("Leads").WithSummary("Leads as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        Choices<Status>? status, CommaList? source, CommaList? campaign, Choices<LeadDirection>? direction, CommaList? ownerId,
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            const string sql = """
                select lead_id, status, name, company, source, campaign, direction, score, owner_id, deal_id, created_on,
                    qualified_on, converted_on
                from lead_facts
                where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                  and lead_id > coalesce($4, '')
                  and ($6::varchar[] is null or status = any($6)) and ($7::varchar[] is null or source = any($7))
                  and ($8::varchar[] is null or campaign = any($8)) and ($9::varchar[] is null or direction = any($9))
                  and ($10::varchar[] is null or owner_id = any($10))
                order by lead_id limit $5
                """;
            var leads = await FactLists.ReadAsync(
                facts.Query(sql, at.ValidAt), paging.After?[0], paging.Limit + 1,
                [
                    FactParameter.Any(status?.Values.Select(EnumName<Status>.Of)), FactParameter.Any(source?.Values),
                    FactParameter.Any(campaign?.Values), FactParameter.Any(direction?.Values.Select(EnumName<LeadDirection>.Of)),
                    FactParameter.Any(ownerId?.Values),
                ],
                LeadFactTable.Read, cancellation);
            var (page, next) = paging.Page(leads, lead => [lead.Id]);
            return TypedResults.Ok(new Response(asOf, [.. page.Select(Item.Of)], next));
        }
    }

    /// <summary>What can be asked for: a lead that is not there has no status.</summary>
    internal enum Status
    {
        New,
        Qualified,
        Disqualified,
        Converted,
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    internal sealed record Item(
        string Id,
        string Name,
        LeadStatus Status,
        LeadDirection Direction,
        string? Company,
        string? Source,
        string? Campaign,
        int? Score,
        string? OwnerId,
        string? DealId,
        DateOnly CreatedOn,
        DateOnly? QualifiedOn,
        DateOnly? ConvertedOn)
    {
        public static Item Of(Listed<LeadFact> lead)
        {
            var fact = lead.Fact;
            return new(
                lead.Id, fact.Name, fact.Status, fact.Direction, fact.Company, fact.Source, fact.Campaign, fact.Score,
                fact.OwnerId?.Value, fact.DealId?.Value, fact.CreatedOn, fact.QualifiedOn, fact.ConvertedOn);
        }
    }
}
