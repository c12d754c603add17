using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/accounts/{accountId}/assignment/corrections</c></summary>
internal sealed class CorrectAssignmentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/assignment/corrections", HandleAsync)
        .WithName("CorrectAssignment").WithTags("Assignments")
        .WithSummary("Takes a recorded fact about who serves an account back, and may put another in its place.")
        .RequireAuthorization(Policies.EditAccounts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        return commands.CorrectAsync(
            write, StreamKinds.Assignments, accountId, body, (_, _) => null, DecideAsync, cancellation);

        async ValueTask<Decision<AssignmentEvent>> DecideAsync(
            AccountAssignments account, AssignmentEvent replacement, DateTimeOffset at, StreamSession session)
        {
            RepId? rep = replacement switch
            {
                AssignmentEvent.Assigned e => e.RepId,
                AssignmentEvent.CoverBegun e => e.RepId,
                AssignmentEvent.ConflictDeclared e => e.RepId,
                _ => null,
            };
            return await AssignmentChecks.RefuseAsync(session, accountId, rep, at, cancellation) is { } refusal
                ? refusal
                : AssignmentReplacement.Decide(account, replacement);
        }
    }
}
