using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Streams;

/// <summary>The histories of all kinds of streams, to read, to replay and to correct by.</summary>
internal static class StreamHistory
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

    extension(RouteHandlerBuilder route)
    {
        /// <summary>It answers with the events of a stream, as recorded.</summary>
        public RouteHandlerBuilder AnswersHistory() => route
            .Produces<HistoryResponse>().AlsoAs(AnswerFormat.Csv, AnswerFormat.NdJson)
            .Problems(404);
    }

    extension(StreamReads streams)
    {
        /// <summary>Every event of a stream, as recorded, in the format that was asked for.</summary>
        public Task<IResult> HistoryAsync<TState, TEvent>(
            Caller caller, StreamKind<TState, TEvent> kind, string id, ChosenFormat format, CancellationToken cancellation)
            where TEvent : class =>
            streams.HistoryAsync(caller, kind, id, format, events => events, kind.Category, id, cancellation);

        /// <summary>The same of a part of a stream.</summary>
        /// <param name="partOf">The events that the part has.</param>
        /// <param name="what">What the part is called where there is none.</param>
        public async Task<IResult> HistoryAsync<TState, TEvent>(
            Caller caller, StreamKind<TState, TEvent> kind, string id, ChosenFormat format,
            Func<IReadOnlyList<RecordedEvent>, IReadOnlyList<RecordedEvent>> partOf, string what, string partId,
            CancellationToken cancellation)
            where TEvent : class
        {
            var items = HistoryItem.Of(partOf(await streams.EventsAsync(caller, kind.NameOf(id), cancellation)));
            return (items, format.Value) switch
            {
                ([], _) => Problem.NotFound(what, partId),
                (_, AnswerFormat.Csv) => new Csv<HistoryItem>(Columns, items.ToAsyncEnumerable()),
                (_, AnswerFormat.NdJson) => new NdJson<HistoryItem>(items.ToAsyncEnumerable()),
                _ => TypedResults.Ok(new HistoryResponse(items)),
            };
        }
    }
}

/// <summary>The events of a stream in the order in which they were recorded.</summary>
internal sealed record HistoryResponse(IReadOnlyList<HistoryItem> Items);
