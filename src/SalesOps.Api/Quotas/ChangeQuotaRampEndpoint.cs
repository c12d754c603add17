using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>POST /v1/quotas/{quotaId}/ramp</c></summary>
internal sealed class ChangeQuotaRampEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/quotas/{quotaId}/ramp", HandleAsync)
        .WithName("ChangeQuotaRamp").WithTags("Quotas").WithSummary("Sets another ramp, or none by an empty list.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string quotaId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Quotas, quotaId, body.EffectiveAt?.Start(write.Calendar),
            quota => ChangeQuotaRamp.Decide(quota, new([.. body.Ramp.Select(step => step.ToStep())], body.From)),
            cancellation);

    /// <param name="From">From whose month the steps count. Default: the first active day.</param>
    internal sealed record Request(IReadOnlyList<RampStepBody> Ramp, DateOnly? From, DateOrInstant? EffectiveAt);
}
