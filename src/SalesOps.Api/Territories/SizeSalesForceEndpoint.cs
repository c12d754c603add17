using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary><c>POST /v1/territories/sizing</c></summary>
internal sealed class SizeSalesForceEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/territories/sizing", HandleAsync)
        .WithName("SizeSalesForce").WithTags("Territories")
        .WithSummary("How many reps the workload asks for, how busy each territory is and how evenly; nothing is stored.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        Request body, Caller caller, FactReads reads, TimeProvider time, CancellationToken cancellation)
    {
        WorkloadClass[] classes = [.. body.Classes.Select(one => new WorkloadClass(one.Segment, one.Frequency, one.Hours))];
        if (SalesForceSizing.Check(classes, body.SellingHours) is { } fault)
        {
            return Problem.From(fault);
        }

        var at = ReadAt.Of(body.AsOf, body.KnownAt, body.MinPosition, caller, time.GetUtcNow());
        return await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var map = await facts.TerritoryMapAsync(at.ValidAt, cancellation);
            var staff = await facts.TerritoryStaffAsync(at.ValidAt, cancellation);
            var sizing = new SalesForceSizing(classes, body.SellingHours);
            await foreach (var (traits, _) in facts.AccountTraitsAsync(at.ValidAt, ids: null, cancellation))
            {
                sizing.Add(map.Place(traits).Territory, traits.Segment);
            }

            var sized = sizing.Result(map.Leaves, leaf => staff[leaf].Sum(rep => rep.Share) / 100);
            return TypedResults.Ok(new Response(
                asOf, sized.Needed, sized.Accounts, sized.WithoutClass, sized.Unplaced, sized.Workload, sized.Heads,
                sized.Utilisation.Value, sized.Health, sized.MaxToMin.Value, sized.Gini.Value,
                sized.Utilisation.Reason ?? sized.MaxToMin.Reason ?? sized.Gini.Reason,
                [.. sized.Territories.Select(territory => Item.Of(territory, map))]));
        }
    }

    /// <param name="Classes">How much work accounts are, by segment; one without a segment for all others.</param>
    /// <param name="SellingHours">Of one rep in the period that frequencies are meant for.</param>
    /// <param name="AsOf">An instant, or a date for the end of that day. Default: today.</param>
    /// <param name="KnownAt">By what was recorded until then. Default: all.</param>
    internal sealed record Request(
        IReadOnlyList<ClassBody> Classes, decimal SellingHours, DateOrInstant? AsOf, DateOrInstant? KnownAt, long? MinPosition);

    /// <param name="Frequency">How often an account is called on in the period.</param>
    /// <param name="Hours">How long each call takes.</param>
    internal sealed record ClassBody(string? Segment, decimal Frequency, decimal Hours);

    /// <param name="Needed">Reps: workload ÷ selling hours.</param>
    /// <param name="WithoutClass">Accounts that no class speaks of.</param>
    /// <param name="Unplaced">Accounts in no leaf or in several; their work is in the total.</param>
    /// <param name="Workload">Hours.</param>
    /// <param name="Heads">Reps there are, by their shares.</param>
    /// <param name="Utilisation">Workload ÷ capacity; 0.7 to 0.9 is healthy.</param>
    /// <param name="MaxToMin">The greatest index ÷ the smallest.</param>
    /// <param name="Reason">Why a ratio is absent.</param>
    internal sealed record Response(
        AsOfView AsOf, decimal Needed, long Accounts, long WithoutClass, long Unplaced, decimal Workload, decimal Heads,
        decimal? Utilisation, WorkloadHealth? Health, decimal? MaxToMin, decimal? Gini, string? Reason,
        IReadOnlyList<Item> Items);

    /// <param name="Index">Share of workload ÷ share of capacity.</param>
    internal sealed record Item(
        string Key, string Label, long Accounts, decimal Workload, decimal Heads, decimal Needed, decimal? Utilisation,
        WorkloadHealth? Health, decimal? Index, string? Reason)
    {
        public static Item Of(TerritoryWorkload load, TerritoryMap map) => new(
            load.Id.Value, map.Territories[load.Id].Name, load.Accounts, load.Workload, load.Heads, load.Needed,
            load.Utilisation.Value, load.Health, load.Index.Value, load.Utilisation.Reason ?? load.Index.Reason);
    }
}
