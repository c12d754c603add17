using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/assignments/recommendations</c></summary>
internal sealed class RecommendEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/recommendations", HandleAsync)
        .WithName("RecommendAssignment").WithTags("Assignments")
        .WithSummary("Who should serve an account, by five factors, and who can't; nothing is stored.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        Request body, Caller caller, DecisionBases bases, TimeProvider time, CancellationToken cancellation)
    {
        var at = ReadAt.Of(body.AsOf, body.KnownAt, body.MinPosition, caller, time.GetUtcNow());
        var (basis, asOf, problem) = await bases.OfAsync(at, caller, body.AccountId.Value, cancellation);
        if (basis is null)
        {
            return problem!;
        }

        if (basis.Buyers is not [var buyer])
        {
            return Problem.From(Rejection.Invalid(
                "account-unknown", $"There is no account '{body.AccountId}' at that time.", "/accountId"));
        }

        var recommendation = Recommendation.Of(buyer, basis.Candidates, basis.Weights);
        return TypedResults.Ok(new Response(
            asOf!, new(basis.ValidAt, basis.KnownAt), WeightsView.Of(basis.Weights),
            [.. recommendation.Candidates.Select(CandidateView.Of)], [.. recommendation.Rejected.Select(RejectedView.Of)]));
    }

    /// <param name="AsOf">When it is to be true; an instant, or a date for the end of that day. Default: today.</param>
    /// <param name="KnownAt">By what was recorded until then. Default: all.</param>
    /// <param name="MinPosition">Wait until reads have reached this position of the log.</param>
    internal sealed record Request(AccountId AccountId, DateOrInstant? AsOf, DateOrInstant? KnownAt, long? MinPosition);

    /// <param name="Decision">What an assignment made on this recommendation passes on, to be recorded with it.</param>
    /// <param name="Candidates">By rank.</param>
    internal sealed record Response(
        AsOfView AsOf,
        DecisionTimes Decision,
        WeightsView Weights,
        IReadOnlyList<CandidateView> Candidates,
        IReadOnlyList<RejectedView> Rejected);
}
