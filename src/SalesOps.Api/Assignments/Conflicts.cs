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
        CancellationToken cancellation) => commands.RunAsync(
            write, StreamKinds.Assignments, accountId, [],
            async (timeline, session) =>
            {
                var at = body.EffectiveAt?.Start(write.Calendar) ?? session.PresentOf(timeline);
                return await AssignmentChecks.RefuseAsync(session, accountId, body.RepId, at, cancellation) is { } refusal
                    ? Verdict.Refuse(refusal)
                    : Verdict.Of(
                        timeline.Decide(at, state => ChangeConflict.Decide(state, new(body.RepId, body.Reason, isCleared))), at);
            },
            (session, position) => new CommandResponse(
                accountId, session.VersionOf(StreamKinds.Assignments.NameOf(accountId)), position),
            location: null, cancellation, begins: true);
}

/// <param name="Reason">What stands against it, or why it no longer does; kept with the fact.</param>
internal sealed record ConflictRequest(RepId RepId, string Reason, DateOrInstant? EffectiveAt);
