using System.Globalization;

namespace SalesOps.Domain.Territories;

/// <summary>Writes a model down, or another draft in its place.</summary>
/// <param name="IsActivated">Whether it was put into force at any time, however far ahead.</param>
public sealed record DraftTerritoryModel(string Name, IReadOnlyList<TerritoryDefinition> Territories, bool IsActivated)
{
    private const int NameLengthMax = 200;

    public static Decision<TerritoryModelEvent> Decide(TerritoryModel state, DraftTerritoryModel command)
    {
        if (string.IsNullOrWhiteSpace(command.Name) || command.Name.Length > NameLengthMax)
        {
            return Rejection.Invalid("name-length", $"The name of a model has 1 to {NameLengthMax} characters.", "/name");
        }

        if (FaultIn(command.Territories) is { } fault)
        {
            return fault;
        }

        var draft = new TerritoryModelEvent.Drafted(command.Name, command.Territories);
        return draft == state.Draft ? Decision<TerritoryModelEvent>.Nothing
            : command.IsActivated ? Rejection.Conflict(
                "model-activated", "A model that was put into force stays as it is; draft another one.")
            : Decision<TerritoryModelEvent>.Accept(draft);
    }

    private static Rejection? FaultIn(IReadOnlyList<TerritoryDefinition> territories)
    {
        if (territories.Count is 0 or > TerritoryTree.TerritoriesMax)
        {
            return Rejection.Invalid(
                "territories-count", $"A model has 1 to {TerritoryTree.TerritoriesMax} territories.", "/territories");
        }

        var byId = new Dictionary<TerritoryId, TerritoryDefinition>();
        foreach (var (index, territory) in territories.Index())
        {
            if (territory.Fault(Place(index)) is { } fault)
            {
                return fault;
            }

            if (!byId.TryAdd(territory.Id, territory))
            {
                return Rejection.Invalid("territory-twice", $"Territory '{territory.Id}' is there twice.", Place(index) + "/id");
            }
        }

        foreach (var (index, territory) in territories.Index())
        {
            var steps = 0;
            for (var current = territory; current.ParentId is { } parent; steps++)
            {
                if (!byId.TryGetValue(parent, out current))
                {
                    return Rejection.Invalid("parent-unknown", $"The model has no territory '{parent}'.", Place(index) + "/parentId");
                }

                if (steps > territories.Count)
                {
                    return Rejection.Invalid(
                        "parent-cycle", $"Territory '{territory.Id}' comes to stand above itself.", Place(index) + "/parentId");
                }
            }
        }

        return null;
    }

    private static string Place(int index) => string.Create(CultureInfo.InvariantCulture, $"/territories/{index}");
}
