using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Costs;

namespace SalesOps.Api.Costs;

/// <summary><c>POST /v1/costs</c></summary>
internal sealed class RecordCostEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/costs", HandleAsync)
        .WithName("RecordCost").WithTags("Metrics")
        .WithSummary("Records what was spent on sales, marketing or delivery in a period; CAC and LTV are reckoned by it.")
        .RequireAuthorization(Policies.ManageCatalog)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        // Known from now on, true from the start of its period: a cost of last year is in last year's figures.
        var start = Period.Find(body.Period) is { From: var from } ? write.Calendar.StartOf(from) : write.ReceivedAt;
        return commands.CreateAsync(
            write, StreamKinds.Costs, body.Id?.Value, "/v1/costs",
            body.EffectiveAt?.Start(write.Calendar) ?? (start < write.ReceivedAt ? start : write.ReceivedAt),
            (cost, _, _) => new(RecordCost.Decide(cost, new(body.Kind, body.Period, body.Amount, body.Note))),
            cancellation);
    }

    /// <param name="Period">The month, quarter or year that it falls to.</param>
    /// <param name="EffectiveAt">Default: the start of the period, or now if that is earlier.</param>
    internal sealed record Request(
        CostKind Kind, string Period, Money Amount, CostId? Id, string? Note, DateOrInstant? EffectiveAt);
}
