using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>GET /v1/territory-models/{modelId}/preview</c></summary>
internal sealed class PreviewTerritoryModelEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/territory-models/{modelId}/preview", HandleAsync)
        .WithName("PreviewTerritoryModel").WithTags("Territories")
        .WithSummary("What a model would move against the territories in force: accounts, reps, balance before and after.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string modelId, ReadAt at, Choice<Potential>? potential, Paging paging, ChosenFormat format, Caller caller, StreamReads streams,
        FactReads reads, CancellationToken cancellation)
    {
        // A model is previewed as it was drafted last, whenever that was to be true.
        var draft = await streams.ReadAsync(
            caller, StreamKinds.TerritoryModels, modelId, at with { ValidAt = DateTimeOffset.MaxValue }, cancellation);
        return draft is { State.Draft.Territories: { } territories }
            ? await reads.ReadAsync(at, caller, AnswerAsync, cancellation)
            : Problem.NotFound("territory-model", modelId);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var before = await facts.TerritoryMapAsync(at.ValidAt, cancellation);
            var after = new TerritoryMap(territories);
            var staff = await facts.TerritoryStaffAsync(at.ValidAt, cancellation);
            var measure = potential?.Value ?? Potential.Revenue;
            var preview = new TerritoryPreview(before, after, measure);
            var moved = new SmallestIds<Item>(paging.Limit + 1, paging.After?[0]);
            var all = format.Value == AnswerFormat.Csv ? new List<Item>() : null;
            await foreach (var (traits, name) in facts.AccountTraitsAsync(at.ValidAt, ids: null, cancellation))
            {
                var (from, to) = preview.Add(traits);
                if (!from.IsSameAs(to))
                {
                    moved.Add(traits.Id.Value, Move);
                    all?.Add(Move());
                }

                Item Move() => new(traits.Id.Value, name, PlacementView.Of(before, from), PlacementView.Of(after, to));
            }

            if (all is not null)
            {
                all.Sort((left, right) => string.CompareOrdinal(left.AccountId, right.AccountId));
                return new Csv<Item>(Columns, all.ToAsyncEnumerable());
            }

            var (items, next) = paging.Page(moved.Rows, item => [item.AccountId]);
            var organisation = await facts.OrganisationAsync(cancellation);
            return TypedResults.Ok(new Response(
                asOf, modelId, measure, preview.Accounts, preview.WithoutPotential, preview.Moved,
                [
                    .. preview.Moves.Take(MovesMax).Select(move => new MoveView(
                        PlacementView.Of(before, move.From), PlacementView.Of(after, move.To), move.Accounts, move.Potential)),
                ],
                items, next,
                [
                    .. preview.Shifts(territory => staff[territory].Select(rep => rep.RepId)).Select(shift => new RepShiftView(
                        shift.RepId.Value, organisation.Find(shift.RepId, at.ValidAt)?.Name, shift.Gained, shift.Lost,
                        shift.PotentialGained, shift.PotentialLost)),
                ],
                BalanceView.Of(preview.BalanceBefore(CapacityOf), preview.TroublesBefore, before),
                BalanceView.Of(preview.BalanceAfter(CapacityOf), preview.TroublesAfter, after)));

            decimal CapacityOf(TerritoryId territory) => staff[territory].Sum(rep => rep.Share) / 100;
        }
    }

    private const int MovesMax = 1_000;

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("accountId", item => item.AccountId),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Text("fromKind", item => EnumName<PlacementView.PlacementKind>.Of(item.From.Kind)),
        CsvColumn<Item>.Text("from", item => KeysOf(item.From)),
        CsvColumn<Item>.Text("toKind", item => EnumName<PlacementView.PlacementKind>.Of(item.To.Kind)),
        CsvColumn<Item>.Text("to", item => KeysOf(item.To)),
    ];

    private static string KeysOf(PlacementView placement) =>
        placement.Territory?.Key ?? string.Join(' ', (placement.Candidates ?? []).Select(territory => territory.Key));

    /// <param name="Potential">What makes an account count.</param>
    /// <param name="WithoutPotential">Accounts that have no value of it.</param>
    /// <param name="Moves">The ways that accounts go, the most accounts first, at most 1,000 of them.</param>
    /// <param name="Items">The accounts that move, by id, a page of them.</param>
    /// <param name="Reps">Whose accounts change.</param>
    internal sealed record Response(
        AsOfView AsOf, string ModelId, Potential Potential, long Accounts, long WithoutPotential, long Moved,
        IReadOnlyList<MoveView> Moves, IReadOnlyList<Item> Items, string? NextCursor, IReadOnlyList<RepShiftView> Reps,
        BalanceView Before, BalanceView After);

    internal sealed record MoveView(PlacementView From, PlacementView To, long Accounts, decimal Potential);

    internal sealed record Item(string AccountId, string Label, PlacementView From, PlacementView To);

    internal sealed record RepShiftView(
        string Key, string? Label, long Gained, long Lost, decimal PotentialGained, decimal PotentialLost);

    /// <param name="Gaps">Accounts in no leaf.</param>
    /// <param name="Overlaps">Accounts in several.</param>
    /// <param name="Reason">Why there is no measure of balance.</param>
    internal sealed record BalanceView(
        long Gaps, long Overlaps, decimal? MaxToMin, decimal? Gini, string? Reason, IReadOnlyList<LoadView> Territories)
    {
        public static BalanceView Of(TerritoryBalance balance, (long Gaps, long Overlaps) troubles, TerritoryMap map) => new(
            troubles.Gaps, troubles.Overlaps, balance.MaxToMin.Value, balance.Gini.Value,
            balance.MaxToMin.Reason ?? balance.Gini.Reason, [.. balance.Loads.Select(load => LoadView.Of(load, map))]);
    }

    /// <param name="Capacity">The heads that the shares of its reps come to.</param>
    /// <param name="Index">Share of potential ÷ share of capacity.</param>
    internal sealed record LoadView(
        string Key, string Label, long Accounts, decimal Potential, decimal Capacity, decimal? Index, string? Reason)
    {
        public static LoadView Of(TerritoryLoad load, TerritoryMap map) => new(
            load.Id.Value, map.Territories[load.Id].Name, load.Accounts, load.Potential, load.Capacity, load.Index.Value,
            load.Index.Reason);
    }
}
