using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary><c>GET /v1/pipeline/snapshots</c></summary>
internal sealed class PipelineSnapshotsEndpoint : IEndpoint
{
    private const int MostSnapshots = 400;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/pipeline/snapshots", HandleAsync)
        .WithName("ListPipelineSnapshots").WithTags("Pipelines")
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

    /// <param name="AsOf">Its valid time is that of the last item.</param>
    internal sealed record Response(AsOfView AsOf, PipelineGrouping? GroupBy, IReadOnlyList<Item> Items);

    internal sealed record Item(DateOnly At, PipelineFigures Totals, IReadOnlyList<PipelineGroupView> Groups);

    private static Task<IResult> HandleAsync(
        ClosedDateRange range, Choice<Interval>? interval, Choice<PipelineGrouping>? groupBy, PipelineFilter filter,
        KnownBy known, ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        DateOnly[] dates = [.. DatesOf(range, interval?.Value ?? Interval.Day).Take(MostSnapshots + 1)];
        return dates switch
        {
            [] => Refused("range-empty", "The range has no date."),
            { Length: > MostSnapshots } => Refused("range-too-long", $"The range has more than {MostSnapshots} such dates."),
            [.., var last] => reads.ReadAsync(
                new(caller.Calendar.EndOf(last), known.KnownAt, known.MinPosition), caller, AnswerAsync, cancellation),
        };

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var organisation = await facts.OrganisationAsync(cancellation);
            var snapshots = await facts.SnapshotsAsync(
                organisation, [.. dates.Select(caller.Calendar.EndOf)], groupBy?.Value, filter, cancellation);
            Item[] items =
            [
                .. snapshots.Select((snapshot, index) => new Item(
                    dates[index], PipelineFigures.Of(snapshot.Totals), [.. snapshot.Groups.Select(PipelineGroupView.Of)])),
            ];
            return format.Value == AnswerFormat.Csv
                ? new Csv<PipelineLine>(PipelineLine.Columns, items
                    .SelectMany(item => PipelineLine.Of(caller.Calendar.EndOf(item.At), item.Groups)).ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, groupBy?.Value, items));
        }
    }

    private static Task<IResult> Refused(string code, string detail) =>
        Task.FromResult<IResult>(Problem.BrokenRule(InputError.InParameter("to", code, detail)));

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
