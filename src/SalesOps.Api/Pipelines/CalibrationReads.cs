using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Metrics;
using SalesOps.Domain;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary>Holds a pipeline's probabilities against the deals that were closed and known at two times.</summary>
internal static class CalibrationReads
{
    /// <param name="closed">The dates that the deals closed on.</param>
    /// <returns>Null where there is no such pipeline at that time.</returns>
    public static async Task<Calibration?> CalibrationAsync(
        this FactReader facts, PipelineId pipelineId, DateTimeOffset validAt, DateRange closed, BusinessCalendar calendar,
        CancellationToken cancellation)
    {
        if (!(await facts.PipelinesAsync(validAt, cancellation)).TryGetValue(pipelineId, out var pipeline))
        {
            return null;
        }

        var calibration = new Calibration(new StageOrder(pipeline));
        var since = closed.From is { } from ? calendar.StartOf(from) : (DateTimeOffset?)null;
        await foreach (var deal in facts.DealPathsAsync(validAt, since, cancellation))
        {
            if (deal.IsClosed && deal.PipelineId == pipelineId && !(deal.ClosedOn < closed.From) && !(deal.ClosedOn >= closed.To))
            {
                calibration.Add(deal);
            }
        }

        return calibration;
    }
}
