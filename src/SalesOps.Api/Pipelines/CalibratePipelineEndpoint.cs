using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary><c>POST /v1/pipelines/{pipelineId}/calibration</c></summary>
internal sealed class CalibratePipelineEndpoint : IEndpoint
{
    private const int DefaultLeast = 30;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/pipelines/{pipelineId}/calibration", HandleAsync)
        .WithName("CalibratePipeline").WithTags("Pipelines")
        .WithSummary("Makes what became of closed deals, as known at a time, the probabilities of a new version from a time on.")
        .RequireAuthorization(Policies.ManageCatalog)
        .RunsCommand();

    /// <param name="AsOf">Deals that were closed by then count; the present where absent.</param>
    /// <param name="KnownAt">As recorded by then; all where absent.</param>
    /// <param name="ClosedFrom">The first close date of the deals that count.</param>
    /// <param name="LeastDeals">A stage with fewer keeps its probability; 30 where absent.</param>
    /// <param name="EffectiveAt">From when the new version is in force.</param>
    internal sealed record Request(
        DateOrInstant? AsOf, DateOrInstant? KnownAt, DateOnly? ClosedFrom, int? LeastDeals, DateOrInstant? EffectiveAt);

    private static async Task<IResult> HandleAsync(
        string pipelineId, Request body, WriteRequest write, Caller caller, CommandRunner commands, FactReads reads,
        TimeProvider time, CancellationToken cancellation)
    {
        if (body.LeastDeals < 1)
        {
            return Problem.BrokenRule(InputError.InBody("/leastDeals", "least-deals-range", "It is at least 1."));
        }

        var knownAt = body.KnownAt?.End(write.Calendar);
        if (knownAt > time.GetUtcNow())
        {
            return Problem.BrokenRule(InputError.InBody(
                "/knownAt", "known-at-in-future", "What will be known in the future is not known yet."));
        }

        Calibration? calibration = null;
        var at = new ReadAt(body.AsOf?.End(write.Calendar) ?? time.GetUtcNow(), knownAt, MinPosition: null);
        var read = await reads.ReadAsync(
            at,
            caller,
            async (facts, _) =>
            {
                calibration = await facts.CalibrationAsync(
                    new(pipelineId), at.ValidAt, new(body.ClosedFrom, null), write.Calendar, cancellation);
                return Problem.NotFound("pipeline", pipelineId);
            },
            cancellation);
        return calibration is { } known
            ? await commands.RunPartAsync(
                write, StreamKinds.Pipelines, pipelineId, pipelineId, body.EffectiveAt?.Start(write.Calendar),
                (pipeline, _, _) => new(CalibratePipeline.Decide(
                    pipeline, new(stage => known.Suggest(stage, body.LeastDeals ?? DefaultLeast)))),
                location: null, cancellation)
            : read;
    }
}
