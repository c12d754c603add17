using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/accounts/{accountId}/assignment</c></summary>
internal sealed class AssignAccountEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/assignment", HandleAsync)
        .WithName("AssignAccount").WithTags("Assignments")
        .WithSummary("Gives an account to a rep, or transfers it, with a record of what was known and recommended.")
        .RequireAuthorization(Policies.EditAccounts)
        .Produces<Response>().Problems(404, 409, 412, 422);

    private static async Task<IResult> HandleAsync(
        string accountId, Request body, WriteRequest write, CommandRunner commands, DecisionBases bases,
        CancellationToken cancellation)
    {
        var effectiveAt = body.EffectiveAt?.Start(write.Calendar);
        var at = body.Decision is { } decision
            ? new ReadAt(decision.ValidAt, decision.KnownAt, null)
            : new ReadAt(effectiveAt ?? write.ReceivedAt, null, null);
        if (at.KnownAt > write.ReceivedAt)
        {
            return Problem.From(Rejection.Invalid(
                "decision-in-future", "What will be known in the future is not known yet.", "/decision/knownAt"));
        }

        var (read, _, problem) = await bases.OfAsync(at, write.Caller, accountId, cancellation);
        if (read is null)
        {
            return problem!;
        }

        var basis = (read.Buyers is [] ? read with { Buyers = [new(accountId)] } : read).Reduced();
        var role = body.Role ?? AssignmentRole.Owner;
        var decisionId = new DecisionId(Guid.CreateVersion7(write.ReceivedAt).ToString());
        var isAssigned = false;
        return await commands.RunAsync(
            write, StreamKinds.Assignments, accountId, [], DecideAsync,
            (session, position) => new Response(
                accountId, session.VersionOf(StreamKinds.Assignments.NameOf(accountId)), position,
                isAssigned ? decisionId.Value : null),
            location: null, cancellation, mayBegin: true);

        async ValueTask<Verdict> DecideAsync(
            Timeline<AccountAssignments, AssignmentEvent> timeline, StreamSession session)
        {
            var from = effectiveAt ?? session.PresentOf(timeline);
            if (await AssignmentChecks.RefuseAsync(session, accountId, body.RepId, from, cancellation) is { } refusal)
            {
                return Verdict.Refuse(refusal);
            }

            var verdict = Verdict.Of(
                timeline.Decide(from, state => AssignAccount.Decide(state, new(role, body.RepId, body.Reason, decisionId))), from);
            isAssigned = verdict.Facts is not [];
            return isAssigned && await session.DecideAsync(
                StreamKinds.Decisions, decisionId.Value, from,
                _ => Decision<DecisionEvent>.Accept(new DecisionEvent.Chosen(
                    role, body.RepId, basis, Recommendation.Of(basis.Buyers[0], basis.Candidates, basis.Weights))),
                cancellation) is { } refused
                    ? Verdict.Refuse(refused)
                    : verdict;
        }
    }

    /// <param name="Role">Default: <c>owner</c>.</param>
    /// <param name="Reason">Why this rep; kept with the assignment.</param>
    /// <param name="Decision">That of the recommendation that it follows, or not; made anew where it is absent.</param>
    internal sealed record Request(
        RepId RepId, AssignmentRole? Role, string Reason, DateOrInstant? EffectiveAt, DecisionTimes? Decision);

    /// <param name="Id">The account.</param>
    /// <param name="DecisionId">The record of the decision; absent where the rep had the account already.</param>
    internal sealed record Response(string Id, long Version, long Position, string? DecisionId);
}
