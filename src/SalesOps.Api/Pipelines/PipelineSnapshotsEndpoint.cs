using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary><c>GET /v1/pipeline/snapshots</c></summary>
internal sealed class ListPipelineSnapshotsEndpoint : IEndpoint
{
    private const int MostSnapshots = 400;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/pipeline/snapshots", HandleAsync)
        .WithName("ListPipelineSnapshots").WithTags("Pipeline")
        .WithSummary("The pipeline at the end of each date of a range, in equal steps from its first.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal enum Interval
    {
        Day,
        Week,
        Month,
        Quarter,
    }

    internal sealed record Response(AsOfView AsOf, PipelineGrouping? GroupBy, IReadOnlyList<Item> Items);

    internal sealed record Item(DateOnly At, PipelineFigures Totals, IReadOnlyList<PipelineGroupView> Groups);

    private static async Task<IResult> HandleAsync(
        ClosedDateRange range, Interval? interval, PipelineGrouping? groupBy, [AsParameters] PipelineFilter filter,
        KnownAt at, ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        var dates = DatesOf(range, interval ?? Interval.Day).Take(MostSnapshots + 1).ToArray();
        if (dates.Length > MostSnapshots)
        {
            return Problem.BrokenRule(InputError.InParameter(
                "to", "range-too-long", $"The range has more than {MostSnapshots} such dates."));
        }

        return null!;
    }

    /// <summary>Each counted from the first, so that the 31st is followed by the last of a shorter month and the 31st again.</summary>
    private static IEnumerable<DateOnly> DatesOf(ClosedDateRange range, Interval interval) =>
        Enumerable.Range(0, int.MaxValue)
            .Select(step => interval switch
            {
                Interval.Week => range.From.AddDays(7 * step),
                Interval.Month => range.From.AddMonths(step),
                Interval.Quarter => range.From.AddMonths(3 * step),
                _ => range.From.AddDays(step),
            })
            .TakeWhile(date => date < range.To);
}
