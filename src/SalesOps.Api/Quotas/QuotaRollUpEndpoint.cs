using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Territories;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>GET /v1/quotas/roll-up</c></summary>
internal sealed class QuotaRollUpEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/quotas/roll-up", HandleAsync)
        .WithName("RollUpQuotas").WithTags("Quotas")
        .WithSummary("Quotas along managers, teams or territories: what each is asked for, what those below are, and by how much more.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    /// <summary>Along what quotas are added up.</summary>
    internal enum Along
    {
        Manager,
        Team,
        Territory,
    }

    private static async Task<IResult> HandleAsync(
        string period, Choice<Along>? by, Choice<Measure>? measure, Choice<SplitKind>? credit, ReadAt at,
        ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        if (Period.Find(period) is not { } days)
        {
            return Problem.BrokenRule(InputError.InParameter(
                "period", "period-unknown", "A period is a month, quarter or year, such as 2026-03, 2026-Q1 or 2026."));
        }

        return await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var along = by?.Value ?? Along.Manager;
            var chosen = measure?.Value ?? Measure.Bookings;
            var kind = credit?.Value ?? SplitKind.Revenue;
            var quotas = await facts.QuotaMonthsAsync(days, chosen, kind, at.ValidAt, cancellation);
            var nodes = await NodesAsync(facts, along, quotas);
            var tree = QuotaRollUp.Of(
                nodes.ToDictionary(node => node.Key, node => node.Value.Parent),
                quotas.Where(quota => KeyOf(quota.Holder, along) is not null)
                    .Select(quota => (KeyOf(quota.Holder, along)!, quota.Amount)));
            Item[] items = [.. tree.Select(node => Item.Of(node, nodes))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, period, along, chosen, kind, items));
        }

        // Whoever has a quota but is not known stands at the top by itself.
        async Task<Dictionary<string, Node>> NodesAsync(
            FactReader facts, Along along, IReadOnlyList<(QuotaHolder Holder, DateOnly Month, QuotaAmount Amount)> quotas)
        {
            var nodes = new Dictionary<string, Node>(StringComparer.Ordinal);
            if (along == Along.Territory)
            {
                foreach (var territory in await facts.TerritoriesAsync(at.ValidAt, cancellation))
                {
                    nodes[territory.Definition.Id.Value] = new(
                        territory.Definition.Id.Value, territory.Definition.Name, territory.Definition.ParentId?.Value);
                }
            }
            else
            {
                foreach (var (id, rep) in (await facts.OrganisationAsync(cancellation)).At(at.ValidAt))
                {
                    var parent = along == Along.Manager ? rep.ManagerId?.Value : rep.Team is { } team ? TeamKey(team) : null;
                    nodes[id.Value] = new(id.Value, rep.Name, parent);
                    if (along == Along.Team && rep.Team is { } own)
                    {
                        nodes.TryAdd(TeamKey(own), new(own, own, null));
                    }
                }
            }

            foreach (var holder in quotas.Select(quota => quota.Holder))
            {
                if (KeyOf(holder, along) is { } key)
                {
                    nodes.TryAdd(key, new(holder.Id, holder.Kind == QuotaHolderKind.Team ? holder.Id : null, null));
                }
            }

            return nodes;
        }
    }

    /// <summary>What a holder is called in the tree; null where it has no place in it.</summary>
    private static string? KeyOf(QuotaHolder holder, Along along) => (holder.Kind, along) switch
    {
        (QuotaHolderKind.Rep, Along.Manager or Along.Team) => holder.Id,
        (QuotaHolderKind.Team, Along.Team) => TeamKey(holder.Id),
        (QuotaHolderKind.Territory, Along.Territory) => holder.Id,
        _ => null,
    };

    /// <summary>A team may be called like a rep; no id has a colon.</summary>
    private static string TeamKey(string team) => "team:" + team;

    private static CsvColumn<Item>[] Columns { get; } =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Text("parentKey", item => item.ParentKey),
        CsvColumn<Item>.Number("level", item => item.Level),
        CsvColumn<Item>.Text("currency", item => (item.Own ?? item.Below)?.Currency),
        CsvColumn<Item>.Number("own", item => item.Own?.Value),
        CsvColumn<Item>.Number("below", item => item.Below?.Value),
        new("overAssignment", item => item.OverAssignment is { } ratio ? RatioText.Write(ratio) : null),
        CsvColumn<Item>.Text("reason", item => item.Reason),
    ];

    /// <param name="Items">From the top down, each before those below it.</param>
    internal sealed record Response(
        AsOfView AsOf, string Period, Along By, Measure Measure, SplitKind Credit, IReadOnlyList<Item> Items);

    /// <param name="Own">The quota of its own.</param>
    /// <param name="Below">The sum of those right below, each by its own quota or else by those below it.</param>
    /// <param name="OverAssignment">(below − own) ÷ own.</param>
    /// <param name="Reason">Why there is no such ratio.</param>
    internal sealed record Item(
        string Key, string? Label, string? ParentKey, int Level, QuotaAmount? Own, QuotaAmount? Below,
        decimal? OverAssignment, string? Reason)
    {
        public static Item Of(QuotaNode node, IReadOnlyDictionary<string, Node> nodes) => new(
            nodes[node.Key].Key, nodes[node.Key].Label, node.ParentKey is { } parent ? nodes[parent].Key : null, node.Level,
            node.Own, node.Below, node.OverAssignment.Value, node.OverAssignment.Reason);
    }

    /// <summary>A node as clients see it.</summary>
    internal sealed record Node(string Key, string? Label, string? Parent);
}
