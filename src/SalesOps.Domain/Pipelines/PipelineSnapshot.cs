using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Territories;

namespace SalesOps.Domain.Pipelines;

/// <summary>What a pipeline is grouped by.</summary>
public enum PipelineGrouping
{
    Stage,
    Owner,
    Manager,
    Team,
    Office,
    Category,
    Currency,

    /// <summary>The one that the deal's account belongs to.</summary>
    Territory,
}

/// <summary>A group of a pipeline.</summary>
/// <param name="Label">The name of what the key is the id of.</param>
public sealed record PipelineGroup(string Key, string? Label, PipelineTally Tally);

/// <summary>
/// The open deals of one instant, by groups. Names, probabilities, managers, teams and offices are those of the same
/// instant in the same state of knowledge.
/// </summary>
public sealed record PipelineSnapshot(PipelineTally Totals, IReadOnlyList<PipelineGroup> Groups)
{
    /// <param name="open">Each goes to one group.</param>
    /// <param name="groupBy">Absent for one group of all.</param>
    /// <param name="repOf">What holds of a rep.</param>
    /// <param name="pipelineOf">The version of a pipeline that is in force.</param>
    /// <param name="territoryOf">The leaf that an account belongs to, if it is one.</param>
    public static PipelineSnapshot Of(
        IEnumerable<OpenDeals> open, PipelineGrouping? groupBy, Func<RepId?, RepFact?> repOf,
        Func<PipelineId, PipelineFact?> pipelineOf, Func<AccountId?, TerritoryDefinition?> territoryOf)
    {
        var totals = new PipelineTally();
        var groups = new Dictionary<string, (PipelineGroup Group, int Order)>(StringComparer.Ordinal);
        if (groupBy is null)
        {
            groups[GroupKey.All] = (new(GroupKey.All, null, totals), 0);
        }

        foreach (var deals in open.OrderBy(deals => deals.PipelineId.Value, StringComparer.Ordinal))
        {
            var stages = pipelineOf(deals.PipelineId)?.Stages ?? [];
            var stage = stages.FirstOrDefault(stage => stage.Key == deals.Stage);
            totals.Add(deals, stage);
            if (groupBy is null)
            {
                continue;
            }

            var (key, label) = KeyOf(deals, stage);
            if (!groups.TryGetValue(key ?? GroupKey.None, out var entry))
            {
                // Stages stand in the order of the sales process, one that the version doesn't have last; else keys do.
                var order = groupBy == PipelineGrouping.Stage ? stages.TakeWhile(other => other.Key != deals.Stage).Count() : 0;
                entry = (new(key ?? GroupKey.None, label, new PipelineTally()), order);
                groups[entry.Group.Key] = entry;
            }

            entry.Group.Tally.Add(deals, stage);
        }

        return new(totals, [.. groups.Values
            .OrderBy(entry => entry.Order)
            .ThenBy(entry => entry.Group.Key, StringComparer.Ordinal)
            .Select(entry => entry.Group)]);

        (string? Key, string? Label) KeyOf(OpenDeals deals, StageFact? stage)
        {
            var owner = repOf(deals.OwnerId);
            return groupBy switch
            {
                PipelineGrouping.Stage => (deals.Stage.Value, stage?.Name),
                PipelineGrouping.Owner => (deals.OwnerId?.Value, owner?.Name),
                PipelineGrouping.Manager => (owner?.ManagerId?.Value, repOf(owner?.ManagerId)?.Name),
                PipelineGrouping.Team => (owner?.Team, null),
                PipelineGrouping.Office => (owner?.Office, null),
                PipelineGrouping.Category => (CategoryOf(deals, stage), null),
                PipelineGrouping.Currency => (deals.Sum?.Currency, null),
                PipelineGrouping.Territory => territoryOf(deals.AccountId) is { } territory
                    ? (territory.Id.Value, territory.Name)
                    : (null, null),
                _ => throw new ArgumentOutOfRangeException(nameof(groupBy), groupBy, "There is no such grouping."),
            };
        }
    }

    private static string? CategoryOf(OpenDeals deals, StageFact? stage) =>
        (deals.Category ?? stage?.Category) is { } category ? EnumName<ForecastCategory>.Of(category) : null;
}
