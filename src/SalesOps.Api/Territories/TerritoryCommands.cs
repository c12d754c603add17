using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary>Commands on a territory, which are commands on the tree: a territory's version is that of the tree.</summary>
internal static class TerritoryCommands
{
    public static Task<IResult> ChangeTerritoryAsync(
        this CommandRunner commands, WriteRequest write, string territoryId, DateOrInstant? effectiveAt,
        Func<TerritoryTree, Decision<TerritoryTreeEvent>> decide, CancellationToken cancellation) =>
        commands.RunPartAsync(
            write, StreamKinds.TerritoryTrees, TerritoryTree.Id, territoryId, effectiveAt?.Start(write.Calendar),
            (tree, _, _) => new(decide(tree)), location: null, cancellation);

    /// <summary>Whether a model was put into force at any time; the tree becomes a guard.</summary>
    public static async ValueTask<bool> IsActivatedAsync(
        this StreamSession session, TerritoryModelId id, CancellationToken cancellation) =>
        (await session.ReadAsync(StreamKinds.TerritoryTrees, TerritoryTree.Id, cancellation)).Facts
            .Any(fact => fact is { Voided: null, Event: TerritoryTreeEvent.ModelActivated activated } && activated.ModelId == id);
}
