using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Forecasts;

/// <summary>What the deals of an owner come to in a category of a period.</summary>
public sealed record DealFigure(RepId? OwnerId, ForecastCategory Category, Money Amount);

/// <summary>What a rep has said, at one instant.</summary>
public sealed record RepForecast(RepId OwnerId, ForecastFact Said);

/// <summary>An adjustment held against what it adjusts now.</summary>
/// <param name="Base">What the figure is now without it.</param>
public sealed record JudgedAdjustment(Adjustment Adjustment, Money Base)
{
    /// <summary>Whether what it was made on has changed since.</summary>
    public bool IsStale => Adjustment.Made.Base != Base;
}

/// <summary>One category in one currency of a node of the roll-up (RULES R2); amounts are in the currency.</summary>
/// <param name="Submitted">The rep's own call, if there is one.</param>
/// <param name="Deals">What the rep's own deals come to.</param>
/// <param name="Raw">Own and all below, without adjustments.</param>
/// <param name="Rolled">Own and the manager's view of each direct report.</param>
/// <param name="OwnerView">What the rep says: the own adjustment, else what is rolled up. Nothing made above is in it.</param>
/// <param name="ManagerView">What the manager says of the rep: the manager's adjustment, else the rep's view.</param>
public sealed record ForecastFigure(
    ForecastCategory Category,
    string Currency,
    decimal? Submitted,
    decimal Deals,
    decimal Raw,
    decimal Rolled,
    decimal OwnerView,
    decimal ManagerView,
    IReadOnlyList<JudgedAdjustment> Adjustments)
{
    /// <summary>The call, and where there is none what the deals say.</summary>
    public decimal Own => Submitted ?? Deals;
}

/// <summary>A rep in the roll-up, or an owner or manager who is not registered.</summary>
/// <param name="Id">Absent for the deals that nobody owns.</param>
/// <param name="Level">0 at the top.</param>
public sealed record ForecastNode(RepId? Id, RepFact? Rep, int Level, IReadOnlyList<ForecastFigure> Figures)
{
    public ForecastFigure? Find(ForecastCategory category, string currency) =>
        Figures.FirstOrDefault(figure => figure.Category == category && figure.Currency == currency);
}

/// <summary>
/// Rolls forecasts up over the organisation of one instant (RULES R2): <c>raw = own + Σ raw</c>,
/// <c>rolled = own + Σ managerView</c>, each in one category and one currency. A manager's adjustment counts only for the
/// manager who made it, so nobody inherits one by a move.
/// </summary>
public sealed class ForecastRollUp
{
    private readonly Dictionary<RepId, RepFact> _reps;
    private readonly ILookup<RepId, RepId> _reports;
    private readonly ILookup<RepId, ForecastFact> _said;
    private readonly ILookup<RepId?, DealFigure> _deals;
    private readonly List<ForecastNode> _nodes = [];
    private readonly HashSet<RepId> _seen = [];

    private ForecastRollUp(
        IReadOnlyList<(RepId RepId, RepFact Rep)> organisation, IEnumerable<RepForecast> forecasts, IEnumerable<DealFigure> deals)
    {
        _reps = organisation.ToDictionary(rep => rep.RepId, rep => rep.Rep);
        _reports = organisation.Where(rep => rep.Rep.ManagerId is not null)
            .ToLookup(rep => rep.Rep.ManagerId!.Value, rep => rep.RepId);
        _said = forecasts.ToLookup(forecast => forecast.OwnerId, forecast => forecast.Said);
        _deals = deals.ToLookup(figure => figure.OwnerId);
    }

    /// <summary>Everybody from the top down: a manager, then each direct report with all below, in the order of ids.</summary>
    /// <param name="organisation">The reps at the instant.</param>
    /// <param name="top">Whose view it is; absent for everybody's.</param>
    public static IReadOnlyList<ForecastNode> Of(
        IReadOnlyList<(RepId RepId, RepFact Rep)> organisation, IReadOnlyList<RepForecast> forecasts,
        IReadOnlyList<DealFigure> deals, RepId? top = null)
    {
        var rollUp = new ForecastRollUp(organisation, forecasts, deals);
        foreach (var id in top is { } chosen ? [chosen] : rollUp.Tops())
        {
            rollUp.Visit(id, level: 0);
        }

        if (top is null && rollUp._deals.Contains(null))
        {
            rollUp._nodes.Add(new(null, null, 0, rollUp.FiguresOf(null, [])));
        }

        return rollUp._nodes;
    }

    /// <summary>Who reports to nobody, registered or not.</summary>
    private IEnumerable<RepId> Tops() => _reps.Keys
        .Concat(_reports.Select(reports => reports.Key))
        .Concat(_said.Select(said => said.Key))
        .Concat(_deals.Select(deals => deals.Key).OfType<RepId>())
        .Distinct()
        .Where(id => _reps.GetValueOrDefault(id)?.ManagerId is null)
        .OrderBy(id => id.Value, StringComparer.Ordinal);

    private ForecastNode Visit(RepId id, int level)
    {
        _seen.Add(id);
        var place = _nodes.Count;
        _nodes.Add(null!);
        var below = new List<ForecastNode>();
        foreach (var report in _reports[id].OrderBy(report => report.Value, StringComparer.Ordinal))
        {
            if (!_seen.Contains(report))
            {
                below.Add(Visit(report, level + 1));
            }
        }

        return _nodes[place] = new(id, _reps.GetValueOrDefault(id), level, FiguresOf(id, below));
    }

    private IReadOnlyList<ForecastFigure> FiguresOf(RepId? id, IReadOnlyList<ForecastNode> below)
    {
        var submissions = id is { } known ? _said[known].SelectMany(said => said.Submissions).ToArray() : [];
        var adjustments = id is { } same ? _said[same].SelectMany(said => said.Adjustments).ToArray() : [];
        var managerId = id is { } rep ? _reps.GetValueOrDefault(rep)?.ManagerId : null;
        return
        [
            .. submissions.Select(standing => (standing.Said.Category, standing.Said.Amount.Currency))
                .Concat(adjustments.Select(standing => (standing.Made.Category, standing.Made.Amount.Currency)))
                .Concat(_deals[id].Select(figure => (figure.Category, figure.Amount.Currency)))
                .Concat(below.SelectMany(node => node.Figures).Select(figure => (figure.Category, figure.Currency)))
                .Distinct()
                .OrderBy(key => OrderOf(key.Category)).ThenBy(key => key.Currency, StringComparer.Ordinal)
                .Select(key => FigureOf(key.Category, key.Currency)),
        ];

        ForecastFigure FigureOf(ForecastCategory category, string currency)
        {
            var submitted = submissions.FirstOrDefault(standing =>
                standing.Said.Category == category && standing.Said.Amount.Currency == currency)?.Said.Amount.Amount;
            var deals = _deals[id].Where(figure => figure.Category == category && figure.Amount.Currency == currency)
                .Sum(figure => figure.Amount.Amount);
            var children = below.Select(node => node.Find(category, currency)).OfType<ForecastFigure>().ToArray();
            var own = submitted ?? deals;
            var rolled = own + children.Sum(child => child.ManagerView);
            var byOwner = Judge(AdjustmentSide.Owner, rolled);
            var ownerView = byOwner?.Adjustment.Made.Amount.Amount ?? rolled;
            var byManager = Judge(AdjustmentSide.Manager, ownerView);
            return new(
                category, currency, submitted, deals, own + children.Sum(child => child.Raw), rolled, ownerView,
                byManager?.Adjustment.Made.Amount.Amount ?? ownerView,
                [.. new[] { byOwner, byManager }.OfType<JudgedAdjustment>()]);

            JudgedAdjustment? Judge(AdjustmentSide side, decimal figure) => adjustments
                .FirstOrDefault(standing => standing.Made.Side == side && standing.Made.Category == category
                    && standing.Made.Amount.Currency == currency
                    && (side == AdjustmentSide.Owner || standing.Made.ManagerId == managerId)) is { } found
                    ? new(found, new(figure, currency))
                    : null;
        }
    }

    private static int OrderOf(ForecastCategory category) => ForecastRules.Categories.TakeWhile(other => other != category).Count();
}
