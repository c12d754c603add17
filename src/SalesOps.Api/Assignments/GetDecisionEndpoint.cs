using System.Text.Json;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary><c>GET /v1/assignments/decisions/{decisionId}</c></summary>
internal sealed class GetDecisionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/decisions/{decisionId}", HandleAsync)
        .WithName("GetAssignmentDecision").WithTags("Assignments")
        .WithSummary("The record of a decision: all that was known, what came of it, and whether it comes to the same again.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(404);

    private static async Task<IResult> HandleAsync(
        string decisionId, string? accountId, string? leadId, Caller caller, StreamReads streams, CancellationToken cancellation)
    {
        if ((await streams.EventsAsync(caller, StreamKinds.Decisions.NameOf(decisionId), cancellation)) is not [var stored, ..])
        {
            return Problem.NotFound("decision", decisionId);
        }

        var decision = new AssignmentDecision((DecisionEvent)stored.ToFact().Event);
        var again = accountId is not null ? decision.Again(BuyerKind.Account, accountId)
            : leadId is not null ? decision.Again(BuyerKind.Lead, leadId)
            : null;
        return (accountId ?? leadId) is { } asked && again is null
            ? Problem.NotFound(accountId is null ? "lead" : "account", asked)
            : TypedResults.Ok(new Response(
                decisionId, EventCatalog.NameOf(decision.Taken!), stored.Headers.EffectiveAt, stored.RecordedAt, stored.Position,
                decision.IsReproduced, again?.Candidates.Select(CandidateView.Of).ToArray(),
                again?.Rejected.Select(RejectedView.Of).ToArray(), JsonElement.Parse(stored.Data.Span)));
    }

    /// <param name="Type">The event type: one account chosen, many distributed, or rebalanced.</param>
    /// <param name="Reproduced">Whether working it out anew came to exactly what was stored.</param>
    /// <param name="Candidates">Of the account or lead asked about, by rank.</param>
    /// <param name="Record">What was stored: all inputs, the weights and what came of them.</param>
    internal sealed record Response(
        string DecisionId, string Type, DateTimeOffset EffectiveAt, DateTimeOffset DecidedAt, long Position, bool Reproduced,
        IReadOnlyList<CandidateView>? Candidates, IReadOnlyList<RejectedView>? Rejected, JsonElement Record);
}
