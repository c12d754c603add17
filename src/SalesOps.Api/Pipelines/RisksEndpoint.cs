using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Metrics;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary><c>GET /v1/pipeline/risks</c></summary>
internal sealed class RisksEndpoint : IEndpoint
{
    private const int MostPushes = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/pipeline/risks", HandleAsync)
        .WithName("ListRisks").WithTags("Pipelines")
        .WithSummary("The open deals that are unlike won ones, each with the rules that say so and their evidence, and their teams.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    /// <param name="NormsFrom">The first close date of the won deals that are the norm.</param>
    /// <param name="NormsTo">The date after the last.</param>
    /// <param name="Teams">By the team of the owner at the time asked for.</param>
    /// <param name="Items">The deals at risk, in the order of ids.</param>
    internal sealed record Response(
        AsOfView AsOf, DateOnly NormsFrom, DateOnly NormsTo, NormsView Norms, TeamView Totals, IReadOnlyList<TeamView> Teams,
        IReadOnlyList<Item> Items, string? NextCursor);

    /// <param name="QuietDays">Nine of ten won deals were never quiet for longer.</param>
    /// <param name="Pushes">From how many on a deal is at risk.</param>
    internal sealed record NormsView(long QuietDeals, decimal? QuietDays, int Pushes, IReadOnlyList<StageNorm> Stages);

    /// <param name="Deals">The won deals that it is of; with fewer than five there is no norm.</param>
    /// <param name="MostDays">Nine of ten were in the stage no longer.</param>
    /// <param name="LeastDaysToClose">Nine of ten took from there at least so long.</param>
    internal sealed record StageNorm(string PipelineId, string Stage, long Deals, decimal? MostDays, decimal? LeastDaysToClose);

    internal sealed record TeamView(
        string Key, long Deals, long AtRisk, decimal? Share, IReadOnlyList<Money> Amounts, IReadOnlyList<Money> AmountsAtRisk);

    internal sealed record Item(
        string DealId, string Name, string? OwnerId, string? OwnerName, string? Team, string PipelineId, string Stage, Money? Amount,
        DateOnly? ExpectedClose, IReadOnlyList<RiskView> Risks);

    /// <param name="Days">What the rule measured.</param>
    /// <param name="Norm">What it measured against.</param>
    /// <param name="Since">The date that it counts from.</param>
    /// <param name="Earliest">The date before which won deals rarely close from there.</param>
    /// <param name="Peak">What the deal was worth at most.</param>
    internal sealed record RiskView(
        RiskRule Rule, decimal? Days, decimal? Norm, DateOnly? Since, DateOnly? Earliest, int? Pushes, Money? Peak,
        string? ContactId)
    {
        public static RiskView Of(Risk risk) => new(
            risk.Rule, risk.Days, risk.Norm, risk.Since, risk.Earliest, risk.Pushes, risk.Peak, risk.ContactId);
    }

    private static async Task<IResult> HandleAsync(
        DealPathsQuery query, int? pushes, Paging paging, ChosenFormat format, Caller caller, FactReads reads,
        CancellationToken cancellation)
    {
        return pushes is < 1 or > MostPushes
            ? Problem.BrokenRule(InputError.InParameter("pushes", "pushes-range", $"It lies between 1 and {MostPushes}."))
            : await reads.ReadAsync(query.At, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var today = caller.Calendar.DateOf(query.At.ValidAt);
            var won = new Period(query.Dates.From ?? today.AddDays(-364), query.Dates.To ?? today.AddDays(1));
            var organisation = await facts.OrganisationAsync(cancellation);
            var activities = await ActivityReads.ByDealAsync(facts, query.At.ValidAt, caller.Calendar, cancellation);
            var norms = new RiskNorms(caller.Calendar, pushes ?? 2);
            await foreach (var deal in facts.DealPathsAsync(query.At.ValidAt, caller.Calendar.StartOf(won.From), cancellation))
            {
                if (deal is { Status: DealStatus.Won, ClosedOn: { } closedOn } && won.Contains(closedOn))
                {
                    norms.Learn(deal, activities.GetValueOrDefault(deal.DealId));
                }
            }

            var teams = new RiskTeams();
            var items = new List<Item>();
            foreach (var deal in await query.OpenDealsAsync(facts, organisation, caller.Calendar, cancellation))
            {
                var owner = organisation.Find(deal.OwnerId, query.At.ValidAt);
                var risks = norms.Assess(deal, activities.GetValueOrDefault(deal.DealId), today);
                teams.Add(owner?.Team, deal.Amount, risks is not []);
                if (risks is not [])
                {
                    items.Add(new(
                        deal.DealId.Value, deal.Name, deal.OwnerId?.Value, owner?.Name, owner?.Team, deal.PipelineId.Value,
                        deal.Stage.Value, deal.Amount, deal.ExpectedClose, [.. risks.Select(RiskView.Of)]));
                }
            }

            items.Sort((left, right) => string.CompareOrdinal(left.DealId, right.DealId));
            if (format.Value == AnswerFormat.Csv)
            {
                return new Csv<(Item Item, RiskView Risk)>(
                    Columns, items.SelectMany(item => item.Risks.Select(risk => (item, risk))).ToAsyncEnumerable());
            }

            var after = paging.After?[0] ?? string.Empty;
            var (page, next) = paging.Page(
                [.. items.Where(item => string.CompareOrdinal(item.DealId, after) > 0).Take(paging.Limit + 1)],
                item => [item.DealId]);
            return TypedResults.Ok(new Response(
                asOf, won.From, won.To, ViewOf(norms, pushes ?? 2), teams.Totals, teams.Items, page, next));
        }
    }

    private static NormsView ViewOf(RiskNorms norms, int pushes) => new(
        norms.Pauses.Count, norms.Pause, pushes,
        [
            .. norms.Stages
                .OrderBy(stage => stage.Pipeline.Value, StringComparer.Ordinal).ThenBy(stage => stage.Stage.Value, StringComparer.Ordinal)
                .Select(stage => new StageNorm(
                    stage.Pipeline.Value, stage.Stage.Value, norms.DealsIn(stage.Pipeline, stage.Stage),
                    norms.InStage(stage.Pipeline, stage.Stage), norms.ToClose(stage.Pipeline, stage.Stage))),
        ]);

    private static CsvColumn<(Item Item, RiskView Risk)>[] Columns { get; } =
    [
        Column("dealId", row => row.Item.DealId),
        Column("name", row => row.Item.Name),
        Column("ownerId", row => row.Item.OwnerId),
        Column("team", row => row.Item.Team),
        Column("stage", row => row.Item.Stage),
        Column("currency", row => row.Item.Amount?.Currency),
        CsvColumn<(Item Item, RiskView Risk)>.Amount("amount", row => row.Item.Amount),
        Column("rule", row => EnumName<RiskRule>.Of(row.Risk.Rule)),
        CsvColumn<(Item Item, RiskView Risk)>.Ratio("days", row => row.Risk.Days),
        CsvColumn<(Item Item, RiskView Risk)>.Ratio("norm", row => row.Risk.Norm),
        CsvColumn<(Item Item, RiskView Risk)>.Date("since", row => row.Risk.Since),
        CsvColumn<(Item Item, RiskView Risk)>.Date("earliest", row => row.Risk.Earliest),
        CsvColumn<(Item Item, RiskView Risk)>.Number("pushes", row => row.Risk.Pushes),
        CsvColumn<(Item Item, RiskView Risk)>.Amount("peak", row => row.Risk.Peak),
        Column("contactId", row => row.Risk.ContactId),
    ];

    private static CsvColumn<(Item Item, RiskView Risk)> Column(string name, Func<(Item Item, RiskView Risk), string?> value) =>
        CsvColumn<(Item Item, RiskView Risk)>.Text(name, value);

    /// <summary>Adds the open deals of teams up.</summary>
    private sealed class RiskTeams
    {
        private readonly SortedDictionary<string, Tally> _teams = new(StringComparer.Ordinal);
        private readonly Tally _all = new();

        public TeamView Totals => _all.View(GroupKey.All);

        public IReadOnlyList<TeamView> Items => [.. _teams.Select(team => team.Value.View(team.Key))];

        public void Add(string? team, Money? amount, bool isAtRisk)
        {
            var key = team ?? GroupKey.None;
            if (!_teams.TryGetValue(key, out var tally))
            {
                _teams[key] = tally = new();
            }

            tally.Add(amount, isAtRisk);
            _all.Add(amount, isAtRisk);
        }

        private sealed class Tally
        {
            private readonly MoneySums _amounts = new();
            private readonly MoneySums _atRisk = new();
            private long _deals;
            private long _dealsAtRisk;

            public void Add(Money? amount, bool isAtRisk)
            {
                _deals++;
                _dealsAtRisk += isAtRisk ? 1 : 0;
                if (amount is { } value)
                {
                    _amounts.Add(value);
                    if (isAtRisk)
                    {
                        _atRisk.Add(value);
                    }
                }
            }

            public TeamView View(string key) => new(
                key, _deals, _dealsAtRisk, Ratio.Of(_dealsAtRisk, _deals).Value, _amounts.Rounded, _atRisk.Rounded);
        }
    }
}
