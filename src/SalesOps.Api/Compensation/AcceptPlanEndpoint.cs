using SalesOps.Api.Access;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;

namespace SalesOps.Api.Compensation;

/// <summary><c>POST /v1/reps/{repId}/plan-acceptances</c></summary>
internal sealed class AcceptPlanEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/plan-acceptances", HandleAsync)
        .WithName("AcceptCompPlan").WithTags("Compensation")
        .WithSummary("The rep accepts exactly the version of a plan that has the hash.")
        .RequireAuthorization(Policies.AcceptPlans)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.RepPlans, repId,
            async (timeline, session) =>
            {
                if (!(await session.ReadAsync(StreamKinds.Reps, repId, cancellation)).Exists)
                {
                    return Verdict.Refuse(Rejection.NotFound("rep", repId));
                }

                // Who sees others, as a manager does, still doesn't speak for them.
                if (write.Caller is { Reach: not Reach.All, Actor: var actor } && actor != repId)
                {
                    return Verdict.Refuse(Rejection.Conflict("acceptance-not-own", "A plan is accepted by whom it pays."));
                }

                var plan = (await session.ReadAsync(StreamKinds.CompPlans, body.PlanId.Value, cancellation)).Latest;
                var decision = AcceptPlan.Decide(timeline.Latest, new(body.PlanId, plan, body.Version, body.Hash));
                return Verdict.Of(decision, body.EffectiveAt?.Start(write.Calendar) ?? write.ReceivedAt);
            },
            location: null, cancellation, part: repId);

    /// <param name="Hash">Of the version, as it was published.</param>
    /// <param name="Version">Default: that of the hash.</param>
    internal sealed record Request(PlanId PlanId, string Hash, int? Version, DateOrInstant? EffectiveAt);
}
