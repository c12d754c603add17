using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Imports;

/// <summary>
/// Sees to it that a pipeline has the stages that an import needs. What is defined already stays as it is: somebody may
/// have put it right by hand.
/// </summary>
internal sealed record EnsureStages(string Name, IReadOnlyList<Stage> Stages)
{
    /// <summary>The definition that is needed: a stage that is new comes after the one that it follows here.</summary>
    public DefinePipeline On(Pipeline state)
    {
        var stages = state.Stages.ToList();
        var place = 0;
        foreach (var stage in Stages)
        {
            var known = stages.FindIndex(existing => existing.Key == stage.Key);
            if (known < 0)
            {
                stages.Insert(place, stage);
                known = place;
            }

            place = known + 1;
        }

        return new DefinePipeline(state.Name ?? Name, stages);
    }
}
