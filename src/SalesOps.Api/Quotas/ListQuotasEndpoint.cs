using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>GET /v1/quotas</c></summary>
internal sealed class ListQuotasEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/quotas", HandleAsync)
        .WithName("ListQuotas").WithTags("Quotas").WithSummary("Quotas as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        CommaList? repId, CommaList? territoryId, CommaList? team, CommaList? period, Choices<Measure>? measure,
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var quotas = await FactLists.ReadAsync(
                facts.Query(Sql, at.ValidAt), paging.After?[0], paging.Limit + 1,
                [
                    FactParameter.Any(repId?.Values), FactParameter.Any(territoryId?.Values), FactParameter.Any(team?.Values),
                    FactParameter.Any(period?.Values), FactParameter.Any(measure?.Values.Select(EnumName<Measure>.Of)),
                ],
                rows =>
                {
                    var kind = EnumName<QuotaHolderKind>.Parse(rows.GetString(1));
                    var holder = rows.GetString(2);
                    var currency = rows.TextOf(6);
                    return new Item(
                        rows.GetString(0),
                        kind == QuotaHolderKind.Rep ? holder : null,
                        kind == QuotaHolderKind.Territory ? holder : null,
                        kind == QuotaHolderKind.Team ? holder : null,
                        rows.GetString(3),
                        EnumName<Measure>.Parse(rows.GetString(4)),
                        EnumName<SplitKind>.Parse(rows.GetString(8)),
                        new(rows.GetDecimal(5), currency),
                        new(rows.GetDecimal(7), currency));
                },
                cancellation);
            var (page, next) = paging.Page(quotas, quota => [quota.Id]);
            return TypedResults.Ok(new Response(asOf, [.. page.Select(quota => quota.Fact)], next));
        }
    }

    private const string Sql = """
        select quota_id, holder_kind, holder_id, period, measure, amount, currency, total, credit from quota_facts
        where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
          and quota_id > coalesce($4, '')
          and ($6::varchar[] is null or (holder_kind = 'rep' and holder_id = any($6)))
          and ($7::varchar[] is null or (holder_kind = 'territory' and holder_id = any($7)))
          and ($8::varchar[] is null or (holder_kind = 'team' and holder_id = any($8)))
          and ($9::varchar[] is null or period = any($9)) and ($10::varchar[] is null or measure = any($10))
        order by quota_id limit $5
        """;

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    /// <param name="Amount">For the whole period.</param>
    /// <param name="Effective">After seasonality, ramp, proration and relief.</param>
    internal sealed record Item(
        string Id, string? RepId, string? TerritoryId, string? Team, string Period, Measure Measure,
        SplitKind Credit, QuotaAmount Amount, QuotaAmount Effective);
}
