using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>GET /v1/quotas/settings</c></summary>
internal sealed class GetQuotaSettingsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/quotas/settings", HandleAsync)
        .WithName("GetQuotaSettings").WithTags("Quotas")
        .WithSummary("How quotas are prorated that say nothing of it, as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(422);

    private static async Task<IResult> HandleAsync(
        ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.QuotaSettings, QuotaSetting.StreamId, at, cancellation);
        var setting = read?.State ?? QuotaSetting.Decider.Initial;
        response.Headers.ETag = EntityTag.Of(read?.Version ?? 0);
        return TypedResults.Ok(new Response(setting.Proration, setting.Reason, read?.AsOf));
    }

    /// <param name="AsOf">Absent while nobody has chosen.</param>
    internal sealed record Response(Proration Proration, string? Reason, AsOfView? AsOf);
}
