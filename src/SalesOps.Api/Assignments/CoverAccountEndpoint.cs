using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/accounts/{accountId}/assignment/cover</c></summary>
internal sealed class CoverAccountEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/assignment/cover", HandleAsync)
        .WithName("CoverAccount").WithTags("Assignments")
        .WithSummary("Lets a rep act for whoever serves an account, for a time; the credit stays where it was.")
        .RequireAuthorization(Policies.EditAccounts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        var (from, to) = (body.From.Start(write.Calendar), body.To.Start(write.Calendar));
        return commands.RunAsync(
            write, StreamKinds.Assignments, accountId,
            async (timeline, session) =>
            {
                if (await AssignmentChecks.RefuseAsync(session, accountId, body.RepId, from, cancellation) is { } refusal)
                {
                    return Verdict.Refuse(refusal);
                }

                var decision = CoverAccount.Decide(
                    timeline, new(body.Role ?? AssignmentRole.Owner, body.RepId, from, to, body.Reason));
                var facts = decision.Events.Zip([from, to], (@event, at) => (EffectiveAt: at, Event: @event)).ToArray();
                return (decision.Rejection ?? timeline.Refuse(facts)) is { } refused
                    ? Verdict.Refuse(refused)
                    : new(null, [.. facts.Select(fact => new NewFact(fact.Event, fact.EffectiveAt))]);
            },
            location: null, cancellation);
    }

    /// <param name="From">When it begins; a date from its start.</param>
    /// <param name="To">When it ends; a date at its start, so that it is the first day without the cover.</param>
    /// <param name="Role">Default: <c>owner</c>.</param>
    internal sealed record Request(RepId RepId, DateOrInstant From, DateOrInstant To, string Reason, AssignmentRole? Role);
}
