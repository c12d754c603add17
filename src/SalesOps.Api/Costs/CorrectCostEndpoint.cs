using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Costs;

namespace SalesOps.Api.Costs;

/// <summary><c>POST /v1/costs/{costId}/corrections</c></summary>
internal sealed class CorrectCostEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/costs/{costId}/corrections", HandleAsync)
        .WithName("CorrectCost").WithTags("Metrics")
        .WithSummary("Takes a recorded cost back, and may put another in its place.")
        .RequireAuthorization(Policies.ManageCatalog)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string costId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CorrectAsync(
            write, StreamKinds.Costs, costId, body, (_, _) => null,
            (cost, replacement, _, _) => new(replacement is CostEvent.Recorded e
                ? RecordCost.Decide(cost, new(e.Kind, e.Period, e.Amount, e.Note))
                : Decision<CostEvent>.Nothing),
            cancellation);
}
