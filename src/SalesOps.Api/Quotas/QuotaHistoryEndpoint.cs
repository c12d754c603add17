using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Quotas;

/// <summary><c>GET /v1/quotas/{quotaId}/history</c></summary>
internal sealed class QuotaHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/quotas/{quotaId}/history", HandleAsync)
        .WithName("GetQuotaHistory").WithTags("Quotas").WithSummary("Every event of a quota, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string quotaId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(caller, StreamKinds.Quotas, quotaId, format, cancellation);
}
