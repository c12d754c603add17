using SalesOps.Domain.Territories;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a model of territories.</summary>
/// <param name="Territories">How many it has.</param>
public sealed record TerritoryModelFact(string Name, int Territories)
{
    public static TerritoryModelFact? Of(TerritoryModel model) =>
        model.Draft is { } draft ? new(draft.Name, draft.Territories.Count) : null;
}
