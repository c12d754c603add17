using System.Text.Json;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>POST /v1/deals/{dealId}/corrections</c></summary>
internal sealed class CorrectDealEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/deals/{dealId}/corrections", HandleAsync)
        .WithName("CorrectDeal").WithTags("Deals")
        .WithSummary("Takes a recorded fact back, also of a closed deal, and may put another in its place.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string dealId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Deals, dealId,
            (timeline, session) => body.Replacement is { } replacement
                ? ReplaceAsync(timeline, body, replacement, write.Calendar, session, cancellation)
                : new(Corrections.Void(timeline, body.EventId, body.Reason)),
            location: null, cancellation);

    private static async ValueTask<Verdict> ReplaceAsync(
        Timeline<Deal, DealEvent> timeline, Request body, ReplacementBody replacement, BusinessCalendar calendar,
        StreamSession session, CancellationToken cancellation)
    {
        if (timeline.Find(body.EventId) is not { Voided: null } voided
            || !Corrections.TryReplace(voided.Event, replacement.Type, replacement.Data, out DealEvent? @event))
        {
            // Whatever it is to be replaced by: the fact must stand, and the replacement be readable.
            return Verdict.Refuse(
                timeline.RefuseCorrection(body.EventId, null) is { Code: "event-not-found" or "already-voided" } refusal
                    ? refusal
                    : Corrections.Unreadable);
        }

        var at = replacement.EffectiveAt?.Start(calendar)
            ?? DealReplacement.NaturalTimeOf(@event, calendar) ?? voided.EffectiveAt;
        var state = timeline.Without(voided).At(at);
        var pipeline = await session.PipelineAsync(DealReplacement.PipelineOf(state, @event), at, cancellation);
        return Corrections.Replace(
            timeline, body.EventId, body.Reason, at, DealReplacement.Decide(state, @event, pipeline));
    }

    /// <param name="EventId">The fact that did not happen so; from the history.</param>
    /// <param name="Reason">Why it is corrected; kept with the correction.</param>
    internal sealed record Request(Guid EventId, string Reason, ReplacementBody? Replacement);

    /// <summary>What happened instead. What is left out is as in the fact that is taken back.</summary>
    /// <param name="Type">An event type as the history names it.</param>
    /// <param name="Data">The members that differ, or all of them for another type.</param>
    internal sealed record ReplacementBody(string? Type, DateOrInstant? EffectiveAt, JsonElement? Data);
}
