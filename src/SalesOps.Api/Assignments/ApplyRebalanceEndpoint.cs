using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/assignments/rebalance/apply</c></summary>
internal sealed class ApplyRebalanceEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/rebalance/apply", HandleAsync)
        .WithName("ApplyRebalance").WithTags("Assignments")
        .WithSummary("Carries a proposal out: every account that goes, with the record of the decision, in one append.")
        .RequireAuthorization(Policies.EditAccounts)
        .Produces<Response>().Problems(404, 409, 422);

    private static async Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, Rebalances rebalances, CancellationToken cancellation)
    {
        if (body.Decision.KnownAt > write.ReceivedAt)
        {
            return Problem.From(Rejection.Invalid(
                "decision-in-future", "What will be known in the future is not known yet.", "/decision/knownAt"));
        }

        var movesMax = body.MaxMoves ?? Rebalances.MovesByDefault;
        var (read, problem) = await rebalances.ProposeAsync(
            new ReadAt(body.Decision.ValidAt, body.Decision.KnownAt, MinPosition: null), write.Caller,
            new(body.Role, body.Team, body.RepIds, body.Potential, movesMax), cancellation);
        if (read is null)
        {
            return problem!;
        }

        var role = body.Role ?? AssignmentRole.Owner;
        var at = write.EffectiveAt(body.EffectiveAt);
        var decisionId = new DecisionId(Guid.CreateVersion7(write.ReceivedAt).ToString());
        var moves = read.Result.Moves;
        var last = moves.GroupBy(move => move.Id, StringComparer.Ordinal)
            .Select(group => (group.First().From, Move: group.Last())).ToArray();
        return await commands.RunAllAsync(
            write, [.. last.Select(entry => StreamKinds.Assignments.NameOf(entry.Move.Id))], DecideAsync,
            (_, position) => new Response(
                position, moves is [] ? null : decisionId.Value, RebalanceView.Of(read.Result)), cancellation);

        async ValueTask<Rejection?> DecideAsync(StreamSession session)
        {
            foreach (var (from, move) in last)
            {
                var refusal = await AssignmentChecks.RefuseAsync(session, move.Id, move.To, at, cancellation)
                    ?? await session.DecideAsync(
                        StreamKinds.Assignments, move.Id, at,
                        account => account.Find(role)?.RepId is var present && present == from
                            ? AssignAccount.Decide(account, new(role, move.To, body.Reason, decisionId))
                            : AssignmentChecks.Meanwhile("account", move.Id, present),
                        cancellation);
                if (refusal is not null)
                {
                    return refusal;
                }
            }

            return moves is []
                ? null
                : await session.DecideAsync(
                    StreamKinds.Decisions, decisionId.Value, at,
                    _ => Decision<DecisionEvent>.Accept(
                        new DecisionEvent.Rebalanced(role, read.Basis, read.Holdings, movesMax, moves)),
                    cancellation);
        }
    }

    /// <param name="Decision">That of the proposal; with the same other members it is worked out anew, the same.</param>
    /// <param name="Reason">Kept with every assignment.</param>
    internal sealed record Request(
        DecisionTimes Decision, string Reason, AssignmentRole? Role, string? Team, IReadOnlyList<RepId>? RepIds,
        Potential? Potential, int? MaxMoves, DateOrInstant? EffectiveAt);

    /// <param name="DecisionId">The record of the decision; absent where no account goes.</param>
    internal sealed record Response(long Position, string? DecisionId, RebalanceView Proposal);
}
