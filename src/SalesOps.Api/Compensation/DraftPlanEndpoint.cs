using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Compensation;

namespace SalesOps.Api.Compensation;

/// <summary><c>POST /v1/comp-plans</c></summary>
internal sealed class DraftPlanEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/comp-plans", HandleAsync)
        .WithName("DraftCompPlan").WithTags("Compensation")
        .WithSummary("Drafts a compensation plan; it pays nobody before it is published and assigned.")
        .RequireAuthorization(Policies.EditCompensation)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static async Task<IResult> HandleAsync(
        PlanBody body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        var (plan, fault) = body.Read();
        return fault is not null
            ? Problem.From(fault)
            : await commands.CreateAsync(
                write, StreamKinds.CompPlans, body.Id?.Value, "/v1/comp-plans", body.EffectiveAt?.Start(write.Calendar),
                (state, _, _) => new(DraftPlan.Decide(state, new(plan))), cancellation);
    }
}
