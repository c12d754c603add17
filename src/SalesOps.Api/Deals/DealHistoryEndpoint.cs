using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Deals;

/// <summary><c>GET /v1/deals/{dealId}/history</c></summary>
internal sealed class DealHistoryEndpoint : IEndpoint
{
    private static readonly CsvColumn<HistoryItem>[] Columns =
    [
        CsvColumn<HistoryItem>.Number("position", item => item.Position),
        CsvColumn<HistoryItem>.Number("version", item => item.Version),
        CsvColumn<HistoryItem>.Text("eventId", item => item.EventId.ToString()),
        CsvColumn<HistoryItem>.Text("type", item => item.Type),
        CsvColumn<HistoryItem>.Instant("effectiveAt", item => item.EffectiveAt),
        CsvColumn<HistoryItem>.Instant("recordedAt", item => item.RecordedAt),
        CsvColumn<HistoryItem>.Instant("sourceRecordedAt", item => item.SourceRecordedAt),
        CsvColumn<HistoryItem>.Text("actor", item => item.Actor),
        CsvColumn<HistoryItem>.Text("reason", item => item.Reason),
        CsvColumn<HistoryItem>.Text("voidedBy", item => item.VoidedBy?.ToString()),
        CsvColumn<HistoryItem>.Text("data", item => item.Data.GetRawText()),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/deals/{dealId}/history", HandleAsync)
        .WithName("GetDealHistory").WithTags("Deals").WithSummary("Every event of a deal, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().AlsoAs(AnswerFormat.Csv, AnswerFormat.NdJson)
        .Problems(404);

    private static async Task<IResult> HandleAsync(
        string dealId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation)
    {
        var items = HistoryItem.Of(await streams.EventsAsync(caller, StreamKinds.Deals.NameOf(dealId), cancellation));
        return (items, format.Value) switch
        {
            ([], _) => Problem.NotFound("deal", dealId),
            (_, AnswerFormat.Csv) => new Csv<HistoryItem>(Columns, items.ToAsyncEnumerable()),
            (_, AnswerFormat.NdJson) => new NdJson<HistoryItem>(items.ToAsyncEnumerable()),
            _ => TypedResults.Ok(new Response(items)),
        };
    }

    internal sealed record Response(IReadOnlyList<HistoryItem> Items);
}
