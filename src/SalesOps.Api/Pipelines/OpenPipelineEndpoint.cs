using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary><c>GET /v1/pipeline</c></summary>
internal sealed class OpenPipelineEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/pipeline", HandleAsync)
        .WithName("GetOpenPipeline").WithTags("Pipelines").WithSummary("The open deals of any date, as known at any instant.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    /// <param name="Groups">In the order of their keys; stages in the order of the sales process.</param>
    internal sealed record Response(
        AsOfView AsOf, PipelineGrouping? GroupBy, PipelineFigures Totals, IReadOnlyList<PipelineGroupView> Groups);

    private static Task<IResult> HandleAsync(
        ReadAt at, Choice<PipelineGrouping>? groupBy, PipelineFilter filter, ChosenFormat format, Caller caller,
        FactReads reads, CancellationToken cancellation) =>
        reads.ReadAsync(
            at,
            caller,
            async (facts, asOf) =>
            {
                var organisation = await facts.OrganisationAsync(cancellation);
                var snapshot = await facts.SnapshotAsync(organisation, at.ValidAt, groupBy?.Value, filter, cancellation);
                PipelineGroupView[] groups = [.. snapshot.Groups.Select(PipelineGroupView.Of)];
                return format.Value == AnswerFormat.Csv
                    ? new Csv<PipelineLine>(PipelineLine.Columns, PipelineLine.Of(at.ValidAt, groups).ToAsyncEnumerable())
                    : TypedResults.Ok(new Response(asOf, groupBy?.Value, PipelineFigures.Of(snapshot.Totals), groups));
            },
            cancellation);
}
