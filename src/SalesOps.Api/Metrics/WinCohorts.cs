using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary>Reads the cohorts of deals that win rates are of.</summary>
internal static class WinCohorts
{
    /// <summary>
    /// The deals that were created in the range, or first came into a stage in it: the group of a month or quarter is that of
    /// this date, the group of an owner's place that of the close or of the time asked for.
    /// </summary>
    /// <param name="stage">Which one; null for a group of each.</param>
    public static async Task<IEnumerable<(string Key, string? Label, WinCohort Cohort)>> ReadAsync(
        FactReader facts, ClosedDealsQuery query, bool ofStage, string? stage, string? pipelineId, BusinessCalendar calendar,
        CancellationToken cancellation)
    {
        var grouping = query.GroupBy is { } groupBy
            ? await DealGroups.ReadAsync(facts, groupBy, query.At.ValidAt, calendar, cancellation)
            : null;
        var pipelines = await facts.PipelinesAsync(query.At.ValidAt, cancellation);
        var groups = new SortedDictionary<string, WinCohort>(StringComparer.Ordinal);
        if (grouping is null && (!ofStage || stage is not null))
        {
            groups[stage ?? GroupKey.All] = new();
        }

        var since = query.Closed.From is { } from ? calendar.StartOf(from) : (DateTimeOffset?)null;
        await foreach (var deal in facts.DealPathsAsync(query.At.ValidAt, since, cancellation))
        {
            if (pipelineId is not null && deal.PipelineId.Value != pipelineId)
            {
                continue;
            }

            if (!ofStage)
            {
                Add(deal, deal.OpenedOn, GroupKey.All);
                continue;
            }

            foreach (var entered in deal.Visits.Select(visit => visit.Stage).Distinct())
            {
                if (stage is null || entered.Value == stage)
                {
                    Add(deal, calendar.DateOf(deal.FirstEntry(entered)!.Value), entered.Value);
                }
            }
        }

        return groups.Select(group => (group.Key, LabelOf(group.Key), group.Value));

        void Add(DealPath deal, DateOnly on, string key)
        {
            if (on < query.Closed.From || on >= query.Closed.To)
            {
                return;
            }

            foreach (var one in grouping?.KeysOf(deal, on) ?? [key])
            {
                groups.TryAdd(one, new());
                groups[one].Add(deal);
            }
        }

        string? LabelOf(string key) => grouping is not null ? grouping.LabelOf(key)
            : ofStage ? pipelines.Values.SelectMany(pipeline => pipeline.Stages)
                .FirstOrDefault(known => known.Key.Value == key)?.Name
            : null;
    }
}
