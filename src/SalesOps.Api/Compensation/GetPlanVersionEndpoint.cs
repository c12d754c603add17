using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;

namespace SalesOps.Api.Compensation;

/// <summary><c>GET /v1/comp-plans/{planId}/versions/{number}</c></summary>
internal sealed class GetPlanVersionEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/comp-plans/{planId}/versions/{number:int}", HandleAsync)
        .WithName("GetCompPlanVersion").WithTags("Compensation")
        .WithSummary("A published version: the plan, its hash, and the very text that was hashed.")
        .RequireAuthorization(Policies.ReadCompensation)
        .Produces<Response>()
        .Problems(404);

    private static async Task<IResult> HandleAsync(
        string planId, int number, Caller caller, StreamReads streams, CancellationToken cancellation)
    {
        var forEver = new ReadAt(DateTimeOffset.MaxValue, null, null);
        var read = await streams.ReadAsync(caller, StreamKinds.CompPlans, planId, forEver, cancellation);
        return read?.State.Find(number) is { } version
            ? TypedResults.Ok(new Response(
                planId, version.Number, version.Hash, version.From, PlanBody.Of(version.Plan, new PlanId(planId)),
                PlanHash.Canonical(version.Plan)))
            : Problem.NotFound("plan-version", $"{planId}@{number}");
    }

    /// <param name="Version">Of the plan.</param>
    /// <param name="Hash">SHA-256 over <c>canonical</c> in UTF-8, in lower-case hex.</param>
    internal sealed record Response(
        string Id, int Version, string Hash, DateTimeOffset EffectiveAt, PlanBody Plan, string Canonical);
}
