using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>GET /v1/deals/{dealId}/replay</c></summary>
internal sealed class DealReplayEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/deals/{dealId}/replay", HandleAsync)
        .WithName("ReplayDeal").WithTags("Deals").WithSummary("The state after each event, in the order recorded or effective.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().AlsoAs(AnswerFormat.NdJson)
        .Problems(404);

    private static async Task<IResult> HandleAsync(
        string dealId, Choice<Order>? order, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation)
    {
        var events = await streams.EventsAsync(caller, StreamKinds.Deals.NameOf(dealId), cancellation);
        if (events is [])
        {
            return Problem.NotFound("deal", dealId);
        }

        var items = HistoryItem.Of(events);
        var facts = events.Select(@event => @event.ToFact()).ToArray();
        var steps = order?.Value == Order.Effective ? InEffectiveOrder(dealId, items, facts) : InRecordedOrder(dealId, items, facts);
        return format.Value == AnswerFormat.NdJson
            ? new NdJson<Step>(steps.ToAsyncEnumerable())
            : TypedResults.Ok(new Response([.. steps]));
    }

    /// <summary>What was believed after each event was recorded, about everything it knew of.</summary>
    private static IEnumerable<Step> InRecordedOrder(string dealId, IReadOnlyList<HistoryItem> items, Fact<object>[] facts)
    {
        var timeline = StreamKinds.Deals.EmptyTimeline(dealId);
        foreach (var (item, fact) in items.Zip(facts))
        {
            timeline = timeline.With([fact]);
            yield return Step.Of(item, dealId, timeline.Latest);
        }
    }

    /// <summary>What was true after each fact that stands today took effect.</summary>
    private static IEnumerable<Step> InEffectiveOrder(string dealId, IReadOnlyList<HistoryItem> items, Fact<object>[] facts) =>
        StreamKinds.Deals.EmptyTimeline(dealId).With(facts).StatesKnownAt(DateTimeOffset.MaxValue)
            .Select(step => Step.Of(items[(int)step.Fact.Version - 1], dealId, step.State));

    internal enum Order
    {
        Recorded,
        Effective,
    }

    internal sealed record Response(IReadOnlyList<Step> Items);

    /// <param name="State">Absent where the deal does not exist after the event.</param>
    internal sealed record Step(HistoryItem Event, DealView? State)
    {
        public static Step Of(HistoryItem item, string dealId, Deal deal) => new(
            item, deal.Status == DealStatus.None ? null : DealView.Of(dealId, item.Version, deal, null));
    }
}
