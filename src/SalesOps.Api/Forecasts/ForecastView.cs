using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Forecasts;

/// <summary>A rep, a team or a category of a forecast.</summary>
/// <param name="ManagerId">Whom the rep reports to.</param>
/// <param name="Level">How many managers are above; 0 at the top.</param>
/// <param name="Categories">Each by itself, by category and currency.</param>
/// <param name="Cumulative">Closed; with commit; with most likely; with best case; and all that is open.</param>
internal sealed record ForecastItem(
    string Key, string? Label, string? ManagerId, int? Level, IReadOnlyList<CategoryView> Categories,
    IReadOnlyList<CumulativeView> Cumulative)
{
    /// <param name="isTop">Whether it is the rep's own view, in which nothing is that was adjusted above.</param>
    public static ForecastItem Of(ForecastNode node, bool isTop)
    {
        CategoryView[] categories = [.. node.Figures.Select(figure => CategoryView.Of(figure, isTop))];
        return new(
            node.Id?.Value ?? GroupKey.None, node.Rep?.Name, node.Rep?.ManagerId?.Value, node.Level, categories,
            CumulativeView.Of(categories));
    }

    /// <summary>Own figures added up by the team that each rep is in: what was adjusted is of the tree.</summary>
    public static ForecastItem[] ByTeam(IReadOnlyList<ForecastNode> nodes) =>
    [
        .. nodes.GroupBy(node => node.Rep?.Team ?? GroupKey.None).OrderBy(team => team.Key, StringComparer.Ordinal)
            .Select(team => Sum(team.Key, team.SelectMany(node => node.Figures)
                .Where(figure => figure.Submitted is not null || figure.Deals != 0)
                .Select(figure => CategoryView.OwnOf(figure)))),
    ];

    /// <summary>What all that is rolled up comes to at the top, by category.</summary>
    public static ForecastItem[] ByCategory(IReadOnlyList<ForecastNode> nodes, bool isTop) =>
    [
        .. nodes.Where(node => node.Level == 0).SelectMany(node => node.Figures).GroupBy(figure => figure.Category)
            .OrderBy(same => ForecastRules.Categories.TakeWhile(category => category != same.Key).Count())
            .Select(same => Sum(
                EnumName<ForecastCategory>.Of(same.Key), same.Select(figure => CategoryView.Of(figure, isTop) with { Adjustments = [] }))),
    ];

    private static ForecastItem Sum(string key, IEnumerable<CategoryView> figures)
    {
        CategoryView[] categories =
        [
            .. figures.GroupBy(figure => (figure.Category, figure.Own.Currency)).Select(same => same.Aggregate(CategoryView.Add)),
        ];
        return new(key, null, null, null, categories, CumulativeView.Of(categories));
    }
}

/// <summary>One category in one currency.</summary>
/// <param name="Own">What was submitted, and where nothing was, what the own deals come to.</param>
/// <param name="Submitted">The rep's own call.</param>
/// <param name="Deals">What the rep's own deals of the category come to.</param>
/// <param name="Raw">Own and everything below, without adjustments.</param>
/// <param name="Rolled">Own and what each manager says of those below.</param>
/// <param name="OwnerView">As the rep sees it, without what was adjusted above.</param>
/// <param name="ManagerView">As the manager sees it; absent in the rep's own view.</param>
/// <param name="Adjusted">The adjusted figure, if anybody adjusted it.</param>
/// <param name="Stale">Whether what an adjustment was made on has changed since.</param>
internal sealed record CategoryView(
    ForecastCategory Category, Money Own, Money? Submitted, Money Deals, Money Raw, Money Rolled, Money OwnerView,
    Money? ManagerView, Money? Adjusted, bool Stale, IReadOnlyList<AdjustmentView> Adjustments)
{
    public static CategoryView Of(ForecastFigure figure, bool isTop)
    {
        var judged = figure.Adjustments.Where(one => !isTop || one.Adjustment.Made.Side == AdjustmentSide.Owner).ToArray();
        return new(
            figure.Category, In(figure.Own), figure.Submitted is { } said ? In(said) : null, In(figure.Deals), In(figure.Raw),
            In(figure.Rolled), In(figure.OwnerView), isTop ? null : In(figure.ManagerView),
            judged is [.., var last] ? last.Adjustment.Made.Amount : null, judged.Any(one => one.IsStale),
            [.. judged.Select(AdjustmentView.Of)]);

        Money In(decimal amount) => new(amount, figure.Currency);
    }

    /// <summary>Of the rep's own business alone.</summary>
    public static CategoryView OwnOf(ForecastFigure figure)
    {
        var own = new Money(figure.Own, figure.Currency);
        return new(
            figure.Category, own, figure.Submitted is null ? null : own, own with { Amount = figure.Deals }, own, own, own, own, null,
            false, []);
    }

    public static CategoryView Add(CategoryView left, CategoryView right) => left with
    {
        Own = left.Own + right.Own,
        Submitted = left.Submitted is { } said ? said + (right.Submitted ?? said with { Amount = 0 }) : right.Submitted,
        Deals = left.Deals + right.Deals,
        Raw = left.Raw + right.Raw,
        Rolled = left.Rolled + right.Rolled,
        OwnerView = left.OwnerView + right.OwnerView,
        ManagerView = left.ManagerView is { } view && right.ManagerView is { } other ? view + other : null,
        Adjusted = null,
        Stale = left.Stale || right.Stale,
    };
}

/// <summary>An absolute figure that somebody put in the place of another.</summary>
/// <param name="Base">What the figure was when it was adjusted.</param>
/// <param name="CurrentBase">What it is now without the adjustment.</param>
/// <param name="Delta">Amount less base; below 0 where it was adjusted down.</param>
/// <param name="Position">How far the log was that the base was read from.</param>
internal sealed record AdjustmentView(
    AdjustmentSide Side, Money Amount, Money Base, Money CurrentBase, Money Delta, bool Stale, string Author, string? ManagerId,
    string Reason, DateTimeOffset At, long Position)
{
    public static AdjustmentView Of(JudgedAdjustment judged)
    {
        var (made, at) = judged.Adjustment;
        return new(
            made.Side, made.Amount, made.Base, judged.Base, made.Amount - made.Base, judged.IsStale, made.Author,
            made.ManagerId?.Value, made.Reason, at, made.Position);
    }
}

/// <summary>A cumulative category in one currency.</summary>
internal sealed record CumulativeView(
    CumulativeCategory Category, Money Own, Money Raw, Money OwnerView, Money? ManagerView)
{
    public static CumulativeView[] Of(IReadOnlyList<CategoryView> categories) =>
    [
        .. categories.GroupBy(view => view.Own.Currency)
            .SelectMany(same => Enum.GetValues<CumulativeCategory>().Select(category => Of(category, same.Key, [.. same]))),
    ];

    private static CumulativeView Of(CumulativeCategory category, string currency, CategoryView[] singles)
    {
        return new(
            category, Sum(view => view.Own), Sum(view => view.Raw), Sum(view => view.OwnerView),
            singles.All(view => view.ManagerView is not null) ? Sum(view => view.ManagerView) : null);

        Money Sum(Func<CategoryView, Money?> of) => new(
            CumulativeForecast.Of(category, part => singles.Where(view => view.Category == part).Sum(view => of(view)?.Amount ?? 0)),
            currency);
    }
}

/// <summary>A category of an item, as CSV.</summary>
internal sealed record ForecastLine(ForecastItem Item, CategoryView Figures)
{
    public static CsvColumn<ForecastLine>[] Columns { get; } =
    [
        CsvColumn<ForecastLine>.Text("key", line => line.Item.Key),
        CsvColumn<ForecastLine>.Text("label", line => line.Item.Label),
        CsvColumn<ForecastLine>.Text("managerId", line => line.Item.ManagerId),
        CsvColumn<ForecastLine>.Text("category", line => EnumName<ForecastCategory>.Of(line.Figures.Category)),
        CsvColumn<ForecastLine>.Text("currency", line => line.Figures.Own.Currency),
        CsvColumn<ForecastLine>.Amount("own", line => line.Figures.Own),
        CsvColumn<ForecastLine>.Amount("raw", line => line.Figures.Raw),
        CsvColumn<ForecastLine>.Amount("adjusted", line => line.Figures.Adjusted),
        CsvColumn<ForecastLine>.Text("stale", line => line.Figures.Stale ? "true" : "false"),
        CsvColumn<ForecastLine>.Amount("ownerView", line => line.Figures.OwnerView),
        CsvColumn<ForecastLine>.Amount("managerView", line => line.Figures.ManagerView),
    ];

    public static IEnumerable<ForecastLine> Of(ForecastItem item) => item.Categories.Select(figures => new ForecastLine(item, figures));
}
