using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;

namespace SalesOps.Api.Compensation;

/// <summary><c>POST /v1/reps/{repId}/plan-assignments</c></summary>
internal sealed class AssignPlanEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/plan-assignments", HandleAsync)
        .WithName("AssignCompPlan").WithTags("Compensation")
        .WithSummary("Pays a rep by a plan from a day on, in the place of the one before.")
        .RequireAuthorization(Policies.EditCompensation)
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

                var plan = (await session.ReadAsync(StreamKinds.CompPlans, body.PlanId.Value, cancellation)).Latest;
                var decision = AssignPlan.Decide(
                    timeline.Latest, new(body.PlanId, plan, body.EffectiveFrom, body.EffectiveTo, body.TargetVariable));
                return Verdict.Of(decision, write.Calendar.StartOf(body.EffectiveFrom));
            },
            location: null, cancellation, part: repId);

    /// <param name="EffectiveFrom">The first day.</param>
    /// <param name="EffectiveTo">The day after the last. Default: until another plan is assigned.</param>
    /// <param name="TargetVariable">Per plan period.</param>
    internal sealed record Request(PlanId PlanId, DateOnly EffectiveFrom, DateOnly? EffectiveTo, Money? TargetVariable);
}
