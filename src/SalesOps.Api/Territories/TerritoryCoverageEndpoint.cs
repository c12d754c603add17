using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>GET /v1/territories/coverage</c></summary>
internal sealed class TerritoryCoverageEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/territories/coverage", HandleAsync)
        .WithName("CheckTerritoryCoverage").WithTags("Territories")
        .WithSummary("What is wrong with the territories: accounts in none or in several, leaves without reps, rules that contradict.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("accountId", item => item.AccountId),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Text("kind", item => EnumName<Kind>.Of(item.Kind)),
        CsvColumn<Item>.Text("territories", item => string.Join(' ', (item.Territories ?? []).Select(territory => territory.Key))),
    ];

    internal enum Kind
    {
        Gap,
        Overlap,
    }

    private static Task<IResult> HandleAsync(
        ReadAt at, Paging paging, ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var map = await facts.TerritoryMapAsync(at.ValidAt, cancellation);
            var staff = await facts.TerritoryStaffAsync(at.ValidAt, cancellation);
            var troubled = new SmallestIds<Item>(paging.Limit + 1, paging.After?[0]);
            var all = format.Value == AnswerFormat.Csv ? new List<Item>() : null;
            var (accounts, gaps, overlaps) = (0L, 0L, 0L);
            await foreach (var (traits, name) in facts.AccountTraitsAsync(at.ValidAt, ids: null, cancellation))
            {
                var placement = map.Place(traits);
                accounts++;
                gaps += placement.IsGap ? 1 : 0;
                overlaps += placement.IsOverlap ? 1 : 0;
                if (placement.Territory is null)
                {
                    troubled.Add(traits.Id.Value, Trouble);
                    all?.Add(Trouble());
                }

                Item Trouble() => new(
                    traits.Id.Value, name, placement.IsGap ? Kind.Gap : Kind.Overlap,
                    placement.IsGap ? null : [.. placement.Candidates.Select(id => TerritoryKey.Of(map, id))]);
            }

            if (all is not null)
            {
                all.Sort((left, right) => string.CompareOrdinal(left.AccountId, right.AccountId));
                return new Csv<Item>(Columns, all.ToAsyncEnumerable());
            }

            var (items, next) = paging.Page(troubled.Rows, item => [item.AccountId]);
            return TypedResults.Ok(new Response(
                asOf, map.Territories.Count, map.Leaves.Count, accounts, accounts - gaps - overlaps, gaps, overlaps, items, next,
                [.. map.Leaves.Where(leaf => !staff[leaf].Any()).Select(leaf => TerritoryKey.Of(map, leaf))],
                [
                    .. TerritoryLint.Unreachable(map).Select(found => new UnreachableItem(
                        found.Id.Value, map.Territories[found.Id].Name, found.Field)),
                ]));
        }
    }

    /// <param name="Placed">Accounts that belong to exactly one leaf.</param>
    /// <param name="Gaps">Accounts that belong to none.</param>
    /// <param name="Overlaps">Accounts that belong to several.</param>
    /// <param name="Items">The accounts of gaps and overlaps, by id, a page of them.</param>
    /// <param name="WithoutReps">Leaves that nobody works.</param>
    /// <param name="Unreachable">Territories whose rules contradict each other or those above them, and on what.</param>
    internal sealed record Response(
        AsOfView AsOf, int Territories, int Leaves, long Accounts, long Placed, long Gaps, long Overlaps,
        IReadOnlyList<Item> Items, string? NextCursor, IReadOnlyList<TerritoryKey> WithoutReps,
        IReadOnlyList<UnreachableItem> Unreachable);

    /// <param name="Territories">The leaves that claim the account.</param>
    internal sealed record Item(string AccountId, string Label, Kind Kind, IReadOnlyList<TerritoryKey>? Territories);

    internal sealed record UnreachableItem(string Key, string Label, TerritoryField Field);
}
