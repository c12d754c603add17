using System.Collections.Immutable;

namespace SalesOps.Domain.Pipelines;

/// <summary>A step that an open deal can be in.</summary>
/// <param name="Key">Unique within the pipeline; what deals name.</param>
/// <param name="Name">What people read.</param>
/// <param name="Probability">That a deal in it will be won, 0 to 1; absent where nobody has set one.</param>
/// <param name="Category">The forecast category of deals that have none of their own.</param>
/// <param name="ExitCriteria">What must be true before a deal leaves it.</param>
/// <param name="Guidance">How to go about it.</param>
/// <param name="Questions">What to ask in it.</param>
/// <param name="Content">What to show in it.</param>
/// <param name="BuyingSignals">What to listen for in it.</param>
/// <param name="CriteriaRequired">Whether a deal moves on from it only with its exit criteria met.</param>
public sealed record Stage(
    StageKey Key,
    string Name,
    decimal? Probability = null,
    ForecastCategory? Category = null,
    IReadOnlyList<string>? ExitCriteria = null,
    string? Guidance = null,
    IReadOnlyList<string>? Questions = null,
    IReadOnlyList<string>? Content = null,
    IReadOnlyList<string>? BuyingSignals = null,
    bool? CriteriaRequired = null)
{
    public bool Equals(Stage? other) => other is not null
        && (Key, Name, Probability, Category, Guidance) == (other.Key, other.Name, other.Probability, other.Category, other.Guidance)
        && (CriteriaRequired ?? false) == (other.CriteriaRequired ?? false)
        && (ExitCriteria ?? []).SequenceEqual(other.ExitCriteria ?? [])
        && (Questions ?? []).SequenceEqual(other.Questions ?? [])
        && (Content ?? []).SequenceEqual(other.Content ?? [])
        && (BuyingSignals ?? []).SequenceEqual(other.BuyingSignals ?? []);

    public override int GetHashCode() => HashCode.Combine(Key, Name, Probability, Category, Guidance);
}

/// <summary>What happened to a pipeline.</summary>
public abstract record PipelineEvent
{
    private PipelineEvent()
    {
    }

    /// <summary>A version of the pipeline, in force from its effective time until the next.</summary>
    public sealed record Defined(string Name, IReadOnlyList<Stage> Stages) : PipelineEvent
    {
        public bool Equals(Defined? other) => other is not null && Name == other.Name && Stages.SequenceEqual(other.Stages);

        public override int GetHashCode() => HashCode.Combine(Name, Stages.Count);
    }
}

/// <summary>A sales process: the stages in order. Versioned, so what was in force at an instant can be asked.</summary>
public sealed record Pipeline(PipelineId Id, string? Name, ImmutableArray<Stage> Stages)
{
    /// <summary>The pipeline that exists from the start, for deals that name none.</summary>
    public static PipelineId DefaultId { get; } = new("default");

    /// <summary>Whether it is defined at all.</summary>
    public bool Exists => Name is not null;

    public static Decider<Pipeline, PipelineEvent> Decider(PipelineId id) =>
        new(id == DefaultId ? Default : new Pipeline(id, null, []), Evolve, (_, _) => null);

    /// <summary>
    /// The exit criteria that a deal must meet to move from one stage to another: those of the stage it leaves, where they
    /// are required and it moves on.
    /// </summary>
    public IReadOnlyList<string> CriteriaBetween(StageKey from, StageKey to) =>
        Find(from) is { CriteriaRequired: true, ExitCriteria: { } criteria } left && Find(to) is { } entered
            && Stages.IndexOf(left) < Stages.IndexOf(entered)
            ? criteria
            : [];

    /// <summary>The stage of that key in this version, if there is one.</summary>
    public Stage? Find(StageKey key) => Stages.FirstOrDefault(stage => stage.Key == key);

    private static Pipeline Default { get; } = new(
        DefaultId,
        "Default",
        [
            new(new("prospecting"), "Prospecting", 0.10m, ForecastCategory.Pipeline),
            new(new("qualification"), "Qualification", 0.20m, ForecastCategory.Pipeline),
            new(new("proposal"), "Proposal", 0.50m, ForecastCategory.BestCase),
            new(new("negotiation"), "Negotiation", 0.75m, ForecastCategory.Commit),
        ]);

    private static Pipeline Evolve(Pipeline state, Fact<PipelineEvent> fact) => fact.Event switch
    {
        PipelineEvent.Defined e => state with { Name = e.Name, Stages = [.. e.Stages] },
        _ => state,
    };
}
