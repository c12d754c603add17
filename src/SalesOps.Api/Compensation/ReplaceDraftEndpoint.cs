using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;

namespace SalesOps.Api.Compensation;

/// <summary><c>PUT /v1/comp-plans/{planId}</c></summary>
internal sealed class ReplaceDraftEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/comp-plans/{planId}", HandleAsync)
        .WithName("ReplaceCompPlanDraft").WithTags("Compensation")
        .WithSummary("Replaces a plan's draft; what is published stays as it is.")
        .RequireAuthorization(Policies.EditCompensation)
        .RunsCommand();

    private static async Task<IResult> HandleAsync(
        string planId, PlanBody body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        var (plan, fault) = body.Read();
        fault ??= body.Id is { } id && id.Value != planId
            ? Rejection.Invalid("other-id", "The plan in the body has another id than the one in the path.", "/id")
            : null;
        return fault is not null
            ? Problem.From(fault)
            : await commands.RunAsync(
                write, StreamKinds.CompPlans, planId, body.EffectiveAt?.Start(write.Calendar),
                state => ReplaceDraft.Decide(state, new(plan)), cancellation);
    }
}
