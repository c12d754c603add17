namespace SalesOps.Domain.Territories;

/// <summary>Puts a model into force from a time on, in the place of all that was there.</summary>
/// <param name="Model">As it is when it is decided; from then on it stays so.</param>
public sealed record ActivateTerritoryModel(TerritoryModelId Id, TerritoryModel Model)
{
    public static Decision<TerritoryTreeEvent> Decide(TerritoryTree state, ActivateTerritoryModel command)
    {
        if (command.Model.Draft is not { } draft)
        {
            return Rejection.NotFound("territory-model", command.Id.Value);
        }

        var isInForce = state.ModelId == command.Id && state.Territories.Count == draft.Territories.Count
            && draft.Territories.All(territory => state.Find(territory.Id)?.Definition == territory);
        return isInForce
            ? Decision<TerritoryTreeEvent>.Nothing
            : Decision<TerritoryTreeEvent>.Accept(new TerritoryTreeEvent.ModelActivated(command.Id, draft.Territories));
    }
}
