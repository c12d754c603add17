using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary>Who must not serve an account.</summary>
internal static class Conflicts
{
    public static Task<IResult> ChangeConflictAsync(
        this CommandRunner commands, WriteRequest write, string accountId, ConflictRequest body, bool isCleared,
        CancellationToken cancellation) => commands.RunPartAsync(
            write, StreamKinds.Assignments, accountId, part: accountId, body.EffectiveAt?.Start(write.Calendar),
            async (state, at, session) =>
                await AssignmentChecks.RefuseAsync(session, accountId, body.RepId, at, cancellation) is { } refusal
                    ? refusal
                    : ChangeConflict.Decide(state, new(body.RepId, body.Reason, isCleared)),
            location: null, cancellation);
}

/// <param name="Reason">What stands against it, or why it no longer does; kept with the fact.</param>
internal sealed record ConflictRequest(RepId RepId, string Reason, DateOrInstant? EffectiveAt);
