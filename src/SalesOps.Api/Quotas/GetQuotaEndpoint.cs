using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>GET /v1/quotas/{quotaId}</c></summary>
internal sealed class GetQuotaEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/quotas/{quotaId}", HandleAsync)
        .WithName("GetQuota").WithTags("Quotas")
        .WithSummary("A quota as of a time, as known at a time, with what it comes to in each month and how.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string quotaId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Quotas, quotaId, at, cancellation);
        if (read is not { State: { Terms: { } terms } quota })
        {
            return Problem.NotFound("quota", quotaId);
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        return TypedResults.Ok(Response.Of(quotaId, read.Version, terms, EffectiveQuota.Of(terms, quota.Relief), read.AsOf));
    }

    /// <param name="Amount">For the whole period.</param>
    /// <param name="BeforeRelief">What seasonality, ramp and proration leave of it.</param>
    /// <param name="Effective">What attainment is measured by; the months sum to it.</param>
    internal sealed record Response(
        string Id,
        long Version,
        string? RepId,
        string? TerritoryId,
        string? Team,
        string Period,
        Measure Measure,
        SplitKind Credit,
        QuotaAmount Amount,
        Proration Proration,
        IReadOnlyList<RampStepBody>? Ramp,
        DateOnly? RampFrom,
        DateOnly ActiveFrom,
        DateOnly ActiveTo,
        QuotaAmount BeforeRelief,
        QuotaAmount Relief,
        QuotaAmount Effective,
        IReadOnlyList<Month> Months,
        AsOfView AsOf)
    {
        public static Response Of(string id, long version, QuotaTerms terms, EffectiveQuota effective, AsOfView asOf)
        {
            var active = terms.ActiveDays();
            return new(
                id,
                version,
                HolderOf(terms, QuotaHolderKind.Rep),
                HolderOf(terms, QuotaHolderKind.Territory),
                HolderOf(terms, QuotaHolderKind.Team),
                terms.Period,
                terms.Measure,
                terms.Credit ?? SplitKind.Revenue,
                terms.Amount,
                terms.Proration,
                terms.Ramp?.Select(step => new RampStepBody(step.Percent, step.Months)).ToArray(),
                terms.RampFrom,
                active.From,
                active.To,
                effective.BeforeRelief,
                terms.Amount with { Value = effective.Relief },
                effective.Total,
                [
                    .. effective.Months.Select(month => new Month(
                        Domain.Period.MonthOf(month.Month).MonthKey, month.Weight, month.RampPercent, month.ActiveShare,
                        terms.Amount with { Value = month.Amount })),
                ],
                asOf);
        }

        private static string? HolderOf(QuotaTerms terms, QuotaHolderKind kind) =>
            terms.Holder.Kind == kind ? terms.Holder.Id : null;
    }

    /// <param name="Key">The month.</param>
    /// <param name="Weight">Among the months of the period.</param>
    /// <param name="RampPercent">In force in it.</param>
    /// <param name="ActiveShare">Of it, 0 to 1.</param>
    /// <param name="Quota">What of the effective quota falls to it.</param>
    internal sealed record Month(
        string Key, decimal Weight, decimal RampPercent, decimal ActiveShare, QuotaAmount Quota);
}
