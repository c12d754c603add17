using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;

namespace SalesOps.Api.Compensation;

/// <summary><c>GET /v1/comp-plans/{planId}</c></summary>
internal sealed class GetPlanEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/comp-plans/{planId}", HandleAsync)
        .WithName("GetCompPlan").WithTags("Compensation")
        .WithSummary("A plan's draft and its published versions as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadCompensation)
        .Produces<Response>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string planId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.CompPlans, planId, at, cancellation);
        if (read is not { State.Draft: { } draft })
        {
            return Problem.NotFound("plan", planId);
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        var id = new PlanId(planId);
        return TypedResults.Ok(new Response(
            planId, read.Version, draft.Name, PlanBody.Of(draft, id),
            [
                .. read.State.Versions.Select(version => new VersionItem(
                    version.Number, version.Hash, version.From)),
            ],
            read.AsOf));
    }

    /// <param name="Version">Of the stream.</param>
    /// <param name="Versions">In the order in which they come into force.</param>
    internal sealed record Response(
        string Id, long Version, string Name, PlanBody Draft, IReadOnlyList<VersionItem> Versions, AsOfView AsOf);

    /// <param name="EffectiveAt">From when it counts.</param>
    internal sealed record VersionItem(int Number, string Hash, DateTimeOffset EffectiveAt);
}
