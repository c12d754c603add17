using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Forecasts;

/// <summary><c>GET /v1/forecasts/{period}/history</c></summary>
internal sealed class ForecastHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/forecasts/{period}/history", HandleAsync)
        .WithName("GetForecastHistory").WithTags("Forecasts")
        .WithSummary("Every submission and adjustment of a rep's forecast for a period, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string period, string ownerId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(
            caller, StreamKinds.Forecasts, ForecastStream.NameOf(new RepId(ownerId), period), format, cancellation);
}
