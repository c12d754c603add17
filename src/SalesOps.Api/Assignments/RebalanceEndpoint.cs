using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/assignments/rebalance</c></summary>
internal sealed class RebalanceEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/rebalance", HandleAsync)
        .WithName("ProposeRebalance").WithTags("Assignments")
        .WithSummary("Which accounts should go to whom so that reps have their share: a proposal with its cost, nothing is stored.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        Request body, Caller caller, Rebalances rebalances, TimeProvider time, CancellationToken cancellation)
    {
        var at = ReadAt.Of(body.AsOf, body.KnownAt, body.MinPosition, caller, time.GetUtcNow());
        var (read, problem) = await rebalances.ProposeAsync(
            at, caller, new(body.Role, body.Team, body.RepIds, body.Potential, body.MaxMoves), cancellation);
        return read is null ? problem! : TypedResults.Ok(new Response(
            read.AsOf, new(read.Basis.ValidAt, read.Basis.KnownAt), RebalanceView.Of(read.Result)));
    }

    /// <param name="Role">Default: <c>owner</c>.</param>
    /// <param name="Team">Only the reps of a team.</param>
    /// <param name="RepIds">Only these reps.</param>
    /// <param name="Potential">What an account counts. Default: accounts.</param>
    /// <param name="MaxMoves">How many accounts may go. Default: 50.</param>
    /// <param name="AsOf">An instant, or a date for the end of that day. Default: today.</param>
    /// <param name="KnownAt">By what was recorded until then. Default: all.</param>
    internal sealed record Request(
        AssignmentRole? Role, string? Team, IReadOnlyList<RepId>? RepIds, Potential? Potential, int? MaxMoves,
        DateOrInstant? AsOf, DateOrInstant? KnownAt, long? MinPosition);

    /// <param name="Decision">What applying the proposal passes on, beside the same request.</param>
    internal sealed record Response(AsOfView AsOf, DecisionTimes Decision, RebalanceView Proposal);
}
