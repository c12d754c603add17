using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary><c>GET /v1/metrics/activities</c></summary>
internal sealed class ActivitiesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/activities", HandleAsync)
        .WithName("GetActivities").WithTags("Metrics")
        .WithSummary("Calls, e-mails and meetings of a range of dates, and how many they are for each working day of a rep.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal sealed record Response(AsOfView AsOf, ActivityGrouping? GroupBy, IReadOnlyList<Item> Items);

    /// <param name="WorkingDays">Mondays to Fridays on which a rep was there, added up over the reps.</param>
    /// <param name="Reason">Why there is nothing per working day.</param>
    internal sealed record Item(
        string Key, string? Label, long Calls, long Emails, long Meetings, long Total, long WorkingDays, PerDay? PerWorkingDay,
        string? Reason)
    {
        public static Item Of(string key, string? label, ActivityFigures figures) => new(
            key, label, figures.Calls, figures.Emails, figures.Meetings, figures.Total, figures.WorkingDays,
            figures.WorkingDays == 0
                ? null
                : new(
                    figures.PerDay(figures.Calls), figures.PerDay(figures.Emails), figures.PerDay(figures.Meetings),
                    figures.PerDay(figures.Total)),
            figures.WorkingDays == 0 ? Ratio.NoDenominator : null);
    }

    internal sealed record PerDay(decimal Calls, decimal Emails, decimal Meetings, decimal Total);

    private static Task<IResult> HandleAsync(
        ClosedDateRange range, Choice<ActivityGrouping>? groupBy, ReadAt at, ChosenFormat format, Caller caller, FactReads reads,
        CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var organisation = await facts.OrganisationAsync(cancellation);
            var activities = new ActivityTally(groupBy?.Value, organisation, caller.Calendar, range.From, range.To, at.ValidAt);
            await foreach (var (rep, kind, on) in ReadAsync(facts, at.ValidAt, caller.Calendar, range, cancellation))
            {
                activities.Add(rep, kind, on);
            }

            Item[] items = [.. activities.Items.Select(item => Item.Of(
                item.Key,
                groupBy?.Value is ActivityGrouping.Rep or ActivityGrouping.Manager
                    ? organisation.Find(new RepId(item.Key), at.ValidAt)?.Name
                    : null,
                item.Figures))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, groupBy?.Value, items));
        }
    }

    private static async IAsyncEnumerable<(RepId RepId, ActivityKind Kind, DateOnly On)> ReadAsync(
        FactReader facts, DateTimeOffset validAt, BusinessCalendar calendar, ClosedDateRange range,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        const string sql = """
            select rep_id, kind, at from activity_facts
            where tenant_id = $1 and at >= $4 and at < $5 and at <= $2 and known_from <= $3 and known_to > $3
            """;
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(FactParameter.Instant(calendar.StartOf(range.From)));
        command.Parameters.Add(FactParameter.Instant(calendar.StartOf(range.To)));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            yield return (
                new(rows.GetString(0)), EnumName<ActivityKind>.Parse(rows.GetString(1)),
                calendar.DateOf(rows.GetFieldValue<DateTimeOffset>(2)));
        }
    }

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Number("calls", item => item.Calls),
        CsvColumn<Item>.Number("emails", item => item.Emails),
        CsvColumn<Item>.Number("meetings", item => item.Meetings),
        CsvColumn<Item>.Number("total", item => item.Total),
        CsvColumn<Item>.Number("workingDays", item => item.WorkingDays),
        CsvColumn<Item>.Ratio("callsPerWorkingDay", item => item.PerWorkingDay?.Calls),
        CsvColumn<Item>.Ratio("emailsPerWorkingDay", item => item.PerWorkingDay?.Emails),
        CsvColumn<Item>.Ratio("meetingsPerWorkingDay", item => item.PerWorkingDay?.Meetings),
        CsvColumn<Item>.Ratio("totalPerWorkingDay", item => item.PerWorkingDay?.Total),
    ];
}
