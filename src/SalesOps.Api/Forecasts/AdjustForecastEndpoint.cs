using System.Security.Claims;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;
using SalesOps.Store;

namespace SalesOps.Api.Forecasts;

/// <summary><c>POST /v1/forecasts/adjustments</c></summary>
internal sealed class AdjustForecastEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/forecasts/adjustments", HandleAsync)
        .WithName("AdjustForecast").WithTags("Forecasts")
        .WithSummary("Puts an absolute figure in the place of the one rolled up to a rep, or of what a direct report says.")
        .RequireAuthorization(Policies.SubmitForecasts)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static async Task<IResult> HandleAsync(
        Request body, WriteRequest write, ClaimsPrincipal user, CommandRunner commands, FactReads reads, EventStore store,
        CancellationToken cancellation)
    {
        var time = ForecastTime.Of(body.Period, body.EffectiveAt, write);
        if (time.Refusal is { } refusal)
        {
            return Problem.From(refusal);
        }

        // What is adjusted is read first: the event says what it came to, and how far the log was.
        var validAt = time.At ?? write.Calendar.EndOf(write.Calendar.DateOf(write.ReceivedAt));
        var head = await store.HeadAsync(cancellation);
        (ForecastNode Node, long Position)? read = null;
        var unread = await reads.ReadAsync(new(validAt, null, head.Position), write.Caller, ReadAsync, cancellation);
        return read is not { } before ? unread : await commands.RunPartAsync(
            write, StreamKinds.Forecasts, ForecastStream.NameOf(body.OwnerId, body.Period), $"{body.OwnerId}~{body.Period}",
            time.At, (forecast, at, session) => DecideAsync(forecast, at, session, before.Node, before.Position),
            $"/v1/forecasts/{body.Period}", cancellation);

        async Task<IResult> ReadAsync(FactReader facts, AsOfView asOf)
        {
            var nodes = await facts.RollUpAsync(body.Period, validAt, body.OwnerId, cancellation);
            read = (nodes[0], asOf.Position);
            return TypedResults.Empty;
        }

        async ValueTask<Decision<ForecastEvent>> DecideAsync(
            Forecast forecast, DateTimeOffset at, StreamSession session, ForecastNode node, long position)
        {
            var (side, manager, refused) = await session.SideOfAsync(
                write.Caller.Actor, user, body.OwnerId, body.ManagerId, at, cancellation);
            return refused is not null ? refused : AdjustForecast.Decide(forecast, new(
                side, write.Caller.Actor, manager, body.Category, body.Measure ?? Measure.Bookings, body.Amount, body.Reason,
                currency => new(BaseOf(node, side, currency), currency), position));
        }

        decimal BaseOf(ForecastNode node, AdjustmentSide side, string currency) => node.Find(body.Category, currency) is { } figure
            ? side == AdjustmentSide.Owner ? figure.Rolled : figure.OwnerView
            : 0;
    }

    /// <param name="OwnerId">Whose figure is adjusted: the actor's own, or that of somebody who reports to the actor directly.</param>
    /// <param name="Amount">Absolute; absent to take the adjustment back.</param>
    /// <param name="ManagerId">
    /// Whom somebody who is no rep adjusts for: the rep or the direct manager. Default: the direct manager, if there is one.
    /// </param>
    /// <param name="Measure">Default: bookings.</param>
    /// <param name="EffectiveAt">Default: now, or the last instant of a period that is over.</param>
    internal sealed record Request(
        string Period, RepId OwnerId, ForecastCategory Category, Money? Amount, string Reason, RepId? ManagerId,
        Measure? Measure, DateOrInstant? EffectiveAt);
}
