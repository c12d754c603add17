using SalesOps.Domain;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Imports.HubSpot;

/// <summary>A column that says when deals came into a stage.</summary>
/// <param name="Column">Its whole label.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Pipeline">The pipeline's name, where the label has it.</param>
internal sealed record StageEntry(string Column, string Stage, string? Pipeline)
{
    private const string Prefix = "Date entered ";

    /// <summary>A label without a pipeline, and a deal without one, may be of any.</summary>
    public bool IsOf(string? pipeline) =>
        Pipeline is null || pipeline is null || string.Equals(Pipeline, pipeline, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>Date entered "Closed Won (Sales Pipeline)"</c>; null for other columns.</summary>
    public static StageEntry? Of(string column)
    {
        if (!column.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var label = column[Prefix.Length..].Trim().Trim('"', '\'');
        var open = label.LastIndexOf(" (", StringComparison.Ordinal);
        return open > 0 && label.EndsWith(')')
            ? new StageEntry(column, label[..open], label[(open + 2)..^1])
            : new StageEntry(column, label, null);
    }
}

/// <summary>A pipeline as an export shows it: its stages by their columns and by what deals are in.</summary>
internal sealed class HubSpotPipeline
{
    /// <summary>The stages of the pipeline that every account begins with, in order.</summary>
    private static readonly string[] Stock =
    [
        "Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled", "Decision Maker Bought-In", "Contract Sent",
    ];

    public HubSpotPipeline(string? name, IReadOnlyList<StageEntry> entries, IEnumerable<string?> stagesOfDeals)
    {
        Name = name ?? "HubSpot";
        Id = new PipelineId(name is null ? "hubspot" : Slug.Of("hubspot " + name));
        Entries = [.. entries.Where(entry => entry.IsOf(name)).OrderBy(entry => PlaceOf(entry.Stage))];
        var names = Entries.Select(entry => entry.Stage).Concat(stagesOfDeals.OfType<string>())
            .Where(stage => OutcomeOf(stage) == HubSpotOutcome.Open)
            .DistinctBy(KeyOf)
            .OrderBy(PlaceOf);
        var stages = names.Select(stage => new Stage(KeyOf(stage), stage, null)).ToArray();
        Stages = stages is [] ? [new Stage(KeyOf(Stock[0]), Stock[0], null)] : stages;
    }

    public string Name { get; }

    public PipelineId Id { get; }

    public IReadOnlyList<StageEntry> Entries { get; }

    /// <summary>In order; one at least.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    public static StageKey KeyOf(string stage) => new(Slug.Of(stage));

    private static int PlaceOf(string stage) =>
        Array.FindIndex(Stock, stock => KeyOf(stock) == KeyOf(stage)) is >= 0 and var place ? place : int.MaxValue;

    public static HubSpotOutcome OutcomeOf(string stage) => Slug.Of(stage) switch
    {
        "closed-won" or "closedwon" => HubSpotOutcome.Won,
        "closed-lost" or "closedlost" => HubSpotOutcome.Lost,
        _ => HubSpotOutcome.Open,
    };
}

/// <summary>Whether and how a stage closes a deal.</summary>
internal enum HubSpotOutcome
{
    Open,
    Won,
    Lost,
}
