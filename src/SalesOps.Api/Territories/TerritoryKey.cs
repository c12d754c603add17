using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary>A territory by its id and name.</summary>
internal sealed record TerritoryKey(string Key, string Label)
{
    public static TerritoryKey Of(TerritoryMap map, TerritoryId id) => new(id.Value, map.Territories[id].Name);
}

/// <summary>Where an account belongs.</summary>
/// <param name="Kind">Whether it is one leaf, none or several.</param>
/// <param name="Territory">The one.</param>
/// <param name="Candidates">The several.</param>
internal sealed record PlacementView(PlacementView.PlacementKind Kind, TerritoryKey? Territory, IReadOnlyList<TerritoryKey>? Candidates)
{
    internal enum PlacementKind
    {
        Territory,
        Gap,
        Overlap,
    }

    public static PlacementView Of(TerritoryMap map, Placement placement) => placement switch
    {
        { Territory: { } territory } => new(PlacementKind.Territory, TerritoryKey.Of(map, territory), null),
        { IsGap: true } => new(PlacementKind.Gap, null, null),
        _ => new(PlacementKind.Overlap, null, [.. placement.Candidates.Select(id => TerritoryKey.Of(map, id))]),
    };
}
