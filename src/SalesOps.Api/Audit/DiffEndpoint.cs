using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Audit;
using SalesOps.Domain.Deals;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary><c>GET /v1/audit/diff</c></summary>
internal sealed class DiffEndpoint : IEndpoint
{
    /// <summary>How many deals may have moved in between; more is a question for a shorter time.</summary>
    private const int MostDeals = 5_000;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/diff", HandleAsync)
        .WithName("ExplainDifference").WithTags("Audit")
        .WithSummary("Why a number changed between two states of knowledge: line by line, down to the events.")
        .RequireAuthorization(Policies.Audit)
        .IsRecorded()
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        Choice<Figure>? what, KnowledgeRange known, AsOf asOf, DateRange closed, Caller caller, FactReads reads,
        EventStore store, TimeProvider time, CancellationToken cancellation)
    {
        if (what is null)
        {
            return Task.FromResult<IResult>(Problem.BadParameter("what", "missing-parameter", "The parameter is required."));
        }

        var days = new Period(closed.From ?? DateOnly.MinValue, closed.To ?? DateOnly.MaxValue);
        var validAt = asOf.Value?.End(caller.Calendar) ?? caller.Calendar.EndOf(caller.Calendar.DateOf(time.GetUtcNow()));
        return reads.ReadAsync(
            new(validAt, known.From, null), caller,
            async (before, _) =>
            {
                var first = await FigureAsync(before);
                return await reads.ReadAsync(
                    new(validAt, known.To, null), caller,
                    async (after, _) => await ExplainAsync(first, await FigureAsync(after)), cancellation);
            },
            cancellation);

        Task<FigureView> FigureAsync(FactReader facts) => what.Value == Figure.Pipeline
            ? FigureView.OfPipelineAsync(facts, validAt, cancellation)
            : FigureView.OfBookingsAsync(facts, validAt, days, cancellation);

        DealShare ShareOf(Deal deal) => what.Value == Figure.Pipeline ? DealShare.OfPipeline(deal) : DealShare.OfBookings(deal, days);

        async Task<IResult> ExplainAsync(FigureView first, FigureView second)
        {
            if (await DealLog.MovedAsync(store, caller.Tenant, known.From, known.To, MostDeals, cancellation) is not { } moved)
            {
                return Problem.BrokenRule(InputError.InParameter(
                    "knownTo", "range-too-long", $"More than {MostDeals} deals changed in between; ask for a shorter time."));
            }

            var causes = new List<CauseView>();
            await foreach (var deal in DealLog.ReadAsync(store, caller.Tenant, moved, cancellation))
            {
                causes.AddRange(KnowledgeDiff.Of(deal.Facts, validAt, known.From, known.To, ShareOf)
                    .Select(cause => CauseView.Of(cause, deal.Events[(int)cause.Fact.Version - 1])));
            }

            causes.Sort((one, other) => one.Position.CompareTo(other.Position));
            var difference = FigureView.Sum([(1, second), (-1, first)]);
            var explained = FigureView.Sum([.. causes.Select(cause => (1, new FigureView(cause.Deals, cause.Amounts)))]);
            return TypedResults.Ok(new Response(
                what.Value, validAt, known.From, known.To, first, second, difference, causes,
                FigureView.Sum([(1, difference), (-1, explained)])));
        }
    }

    internal enum Figure
    {
        /// <summary>What is open.</summary>
        Pipeline,

        /// <summary>What is won and closed from <c>from</c> up to <c>to</c>.</summary>
        Bookings,
    }

    /// <param name="Before">As it is served of the first state of knowledge.</param>
    /// <param name="After">As it is served of the second.</param>
    /// <param name="Causes">The events that make the difference, in the order recorded.</param>
    /// <param name="Unexplained">What the causes leave of the difference: nothing, or a read that is not what the log says.</param>
    internal sealed record Response(
        Figure What, DateTimeOffset ValidAt, DateTimeOffset KnownFrom, DateTimeOffset KnownTo, FigureView Before,
        FigureView After, FigureView Difference, IReadOnlyList<CauseView> Causes, FigureView Unexplained);

    /// <summary>An event and by how much it moved the number.</summary>
    internal sealed record CauseView(
        Guid EventId, long Position, string Stream, long Version, string Type, DateTimeOffset EffectiveAt,
        DateTimeOffset RecordedAt, string Actor, string? Reason, long Deals, IReadOnlyList<Money> Amounts)
    {
        public static CauseView Of(FigureCause cause, RecordedEvent recorded) => new(
            recorded.Id, recorded.Position, recorded.Stream, recorded.Version, recorded.Type, recorded.Headers.EffectiveAt,
            recorded.RecordedAt, recorded.Headers.Actor, recorded.Headers.Reason, cause.Deals, cause.Amounts);
    }
}

/// <summary>Two states of knowledge: what was recorded by <c>knownFrom</c>, and by <c>knownTo</c>.</summary>
internal sealed record KnowledgeRange(DateTimeOffset From, DateTimeOffset To) : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new QueryParameter(
            "knownFrom", typeof(DateOrInstant), "The first state of knowledge: what was recorded by then.")
        {
            IsRequired = true,
        });
        builder.Metadata.Add(new QueryParameter(
            "knownTo", typeof(DateOrInstant), "The second; not in the future.")
        {
            IsRequired = true,
        });
    }

    public static ValueTask<KnowledgeRange?> BindAsync(HttpContext context)
    {
        var calendar = Caller.Of(context).Calendar;
        var range = new KnowledgeRange(
            DateOrInstant.Find(context.Request.Query, "knownFrom")!.Value.End(calendar),
            DateOrInstant.Find(context.Request.Query, "knownTo")!.Value.End(calendar));
        return range.To < range.From
            ? throw new ProblemException(Problem.BrokenRule(
                InputError.InParameter("knownFrom", "range-reversed", "The second state of knowledge is before the first.")))
            : range.To > context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()
                ? throw new ProblemException(KnownBy.InFuture())
                : new(range);
    }
}
