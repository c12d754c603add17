using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;

namespace SalesOps.Api.Compensation;

/// <summary><c>GET /v1/reps/{repId}/plan-assignments</c></summary>
internal sealed class ListPlanAssignmentsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/reps/{repId}/plan-assignments", HandleAsync)
        .WithName("ListPlanAssignments").WithTags("Compensation")
        .WithSummary("The plans that pay a rep, day by day, and the versions that the rep accepted; as known at a time.")
        .RequireAuthorization(Policies.ReadCompensation)
        .Produces<Response>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string repId, DateTimeOffset? knownAt, Caller caller, StreamReads streams, CancellationToken cancellation)
    {
        var at = new ReadAt(DateTimeOffset.MaxValue, knownAt, null);
        if (await streams.ReadAsync(caller, StreamKinds.Reps, repId, at, cancellation) is null)
        {
            return Problem.NotFound("rep", repId);
        }

        var plans = (await streams.ReadAsync(caller, StreamKinds.RepPlans, repId, at, cancellation))?.State
            ?? RepPlans.Decider.Initial;
        return TypedResults.Ok(new Response(
            [.. plans.Assignments.Select(assignment => new Item(
                assignment.PlanId, assignment.From, assignment.To, assignment.TargetVariable))],
            [.. plans.Acceptances.Select(acceptance => new Acceptance(
                acceptance.PlanId, acceptance.Number, acceptance.Hash, acceptance.At))]));
    }

    internal sealed record Response(IReadOnlyList<Item> Items, IReadOnlyList<Acceptance> Acceptances);

    /// <param name="EffectiveTo">The day after the last; absent until the next one begins.</param>
    internal sealed record Item(PlanId PlanId, DateOnly EffectiveFrom, DateOnly? EffectiveTo, Money? TargetVariable);

    internal sealed record Acceptance(PlanId PlanId, int Version, string Hash, DateTimeOffset AcceptedAt);
}
