using System.Text.Json;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary><c>GET /v1/accounts/{accountId}/assignments/{eventId}/explanation</c></summary>
internal sealed class ExplainAssignmentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}/assignments/{eventId}/explanation", HandleAsync)
        .WithName("ExplainAssignment").WithTags("Assignments")
        .WithSummary("Why an account was given to a rep: the recommendation, worked out anew from what was stored with it.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(404);

    private static async Task<IResult> HandleAsync(
        string accountId, Guid eventId, Caller caller, StreamReads streams, CancellationToken cancellation)
    {
        var recorded = await streams.EventsAsync(caller, StreamKinds.Assignments.NameOf(accountId), cancellation);
        if (recorded.FirstOrDefault(@event => @event.Id == eventId)?.ToFact() is not
            { Event: AssignmentEvent.Assigned { DecisionId: { } decisionId } assigned } fact)
        {
            return Problem.NotFound("assignment", eventId.ToString());
        }

        var stored = (await streams.EventsAsync(caller, StreamKinds.Decisions.NameOf(decisionId.Value), cancellation))[0];
        var decision = new AssignmentDecision((DecisionEvent)stored.ToFact().Event);
        var again = decision.Again(BuyerKind.Account, accountId)!;
        return TypedResults.Ok(new Response(
            eventId, accountId, assigned.Role.Value, assigned.RepId.Value, assigned.Reason, fact.EffectiveAt, stored.RecordedAt,
            decisionId.Value,
            again.Candidates.FirstOrDefault(candidate => candidate.RepId == assigned.RepId)?.Rank,
            again.Rejected.FirstOrDefault(rejected => rejected.RepId == assigned.RepId)?.Rule,
            decision.IsReproduced,
            [.. again.Candidates.Select(CandidateView.Of)], [.. again.Rejected.Select(RejectedView.Of)],
            JsonElement.Parse(stored.Data.Span)));
    }

    /// <param name="Rank">That the rep had; absent where a rule excluded the rep, who got it nevertheless.</param>
    /// <param name="Rule">The one that excluded the rep.</param>
    /// <param name="Reproduced">Whether working it out anew came to exactly what was stored.</param>
    /// <param name="Candidates">Worked out anew, by rank.</param>
    /// <param name="Record">What was stored: all inputs, the weights and what came of them.</param>
    internal sealed record Response(
        Guid EventId,
        string AccountId,
        string Role,
        string RepId,
        string Reason,
        DateTimeOffset EffectiveAt,
        DateTimeOffset DecidedAt,
        string DecisionId,
        int? Rank,
        HardRule? Rule,
        bool Reproduced,
        IReadOnlyList<CandidateView> Candidates,
        IReadOnlyList<RejectedView> Rejected,
        JsonElement Record);
}
