using SalesOps.Domain;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Imports.Salesforce;

/// <summary>
/// The pipeline that the files speak of. Stages are those that were seen; closed ones are none, they are wins and losses.
/// </summary>
internal sealed class SalesforceStages
{
    public static PipelineId PipelineId { get; } = new("salesforce");

    /// <summary>The stages that every organisation begins with, in order.</summary>
    private static readonly string[] Stock =
    [
        "Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Id. Decision Makers", "Perception Analysis",
        "Proposal/Price Quote", "Negotiation/Review",
    ];

    private readonly Dictionary<string, Outcome> outcomes = new(StringComparer.Ordinal);
    private readonly Dictionary<StageKey, Stage> stages = [];

    public SalesforceStages(IReadOnlyList<Snapshot> snapshots)
    {
        foreach (var snapshot in snapshots.Where(snapshot => snapshot.Outcome is not null))
        {
            outcomes[snapshot.StageName] = snapshot.Outcome!.Value;
        }

        var seen = snapshots.Where(snapshot => OutcomeOf(snapshot) == Outcome.Open)
            .GroupBy(snapshot => KeyOf(snapshot.StageName))
            .OrderBy(stage => RankOf([.. stage]));
        foreach (var stage in seen)
        {
            stages.Add(stage.Key, new Stage(
                stage.Key, stage.First().StageName, MostOften(stage.Select(snapshot => snapshot.Probability)) / 100,
                MostOften(stage.Select(snapshot => snapshot.Category))));
        }
    }

    /// <summary>In order; with one at least, for deals that were only ever seen closed.</summary>
    public IReadOnlyList<Stage> Stages => stages.Count > 0 ? [.. stages.Values] : [new Stage(KeyOf(Stock[0]), Stock[0], null)];

    /// <summary>The forecast category of deals in the stage that have none of their own.</summary>
    public ForecastCategory? CategoryOf(StageKey stage) => stages.GetValueOrDefault(stage)?.Category;

    public static StageKey KeyOf(string stageName) => new(Slug.Of(stageName));

    /// <summary>
    /// Opportunities say whether their stage is a closed one; a history alone only shows it by category and probability.
    /// </summary>
    public Outcome OutcomeOf(Snapshot snapshot) => snapshot switch
    {
        { Outcome: { } said } => said,
        _ when outcomes.TryGetValue(snapshot.StageName, out var known) => known,
        { Category: ForecastCategory.Closed } => Outcome.Won,
        { Category: ForecastCategory.Omitted, Probability: 0 } => Outcome.Lost,
        { StageName: var name } when !name.StartsWith("Closed", StringComparison.OrdinalIgnoreCase) => Outcome.Open,
        { Probability: 100 } or { StageName: "Closed Won" } => Outcome.Won,
        { Probability: 0 } or { StageName: "Closed Lost" } => Outcome.Lost,
        _ => Outcome.Open,
    };

    private static (int Rank, int Line) RankOf(IReadOnlyList<Snapshot> stage) => (
        stage.Min(snapshot => snapshot.SortOrder)
            ?? (Array.IndexOf(Stock, stage[0].StageName) is >= 0 and var place ? place + 1 : int.MaxValue),
        stage[0].Cells.Line);

    private static T? MostOften<T>(IEnumerable<T?> values)
        where T : struct => values.OfType<T>().GroupBy(value => value).MaxBy(group => group.Count())?.Key;
}
