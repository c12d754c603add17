using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary><c>GET /v1/pipelines/{pipelineId}/calibration</c></summary>
internal sealed class CalibrationEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/pipelines/{pipelineId}/calibration", HandleAsync)
        .WithName("GetCalibration").WithTags("Pipelines")
        .WithSummary("How the probabilities of a pipeline's stages compare with what became of the deals that were in them.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(404, 422);

    /// <param name="Deals">Closed deals that are counted.</param>
    /// <param name="Brier">The mean squared error of the probabilities; 0 is best.</param>
    /// <param name="Reason">Why there is none.</param>
    internal sealed record Response(
        AsOfView AsOf, string PipelineId, long Deals, decimal? Brier, string? Reason, IReadOnlyList<Item> Items,
        IReadOnlyList<ReliabilityView> Reliability);

    /// <param name="Deals">Closed deals that were ever in the stage.</param>
    /// <param name="Observed">Won ÷ deals.</param>
    internal sealed record Item(
        string Key, string Label, decimal? Probability, long Deals, long Won, decimal? Observed, string? Reason)
    {
        public static Item Of(StageCalibration stage) => new(
            stage.Stage.Value, stage.Name, stage.Probability, stage.Deals, stage.Won, stage.Observed.Value, stage.Observed.Reason);
    }

    private static Task<IResult> HandleAsync(
        string pipelineId, ReadAt at, DateRange closed, ChosenFormat format, Caller caller, FactReads reads,
        CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            if (await facts.CalibrationAsync(
                new(pipelineId), at.ValidAt, closed, caller.Calendar, cancellation) is not { } calibration)
            {
                return Problem.NotFound("pipeline", pipelineId);
            }

            Item[] items = [.. calibration.Stages.Select(Item.Of)];
            var quality = calibration.Quality;
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(
                    asOf, pipelineId, calibration.Deals, quality.Brier.Value, quality.Brier.Reason, items,
                    ReliabilityView.Of(quality)));
        }
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Ratio("probability", item => item.Probability),
        CsvColumn<Item>.Number("deals", item => item.Deals),
        CsvColumn<Item>.Number("won", item => item.Won),
        CsvColumn<Item>.Ratio("observed", item => item.Observed),
        CsvColumn<Item>.Text("reason", item => item.Reason),
    ];
}
