using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Pipelines;

/// <summary>Where a close date lies to a window of dates.</summary>
public enum WindowPlace
{
    Before,
    Inside,

    /// <summary>Where a deal without a date is put: it may close at any later time.</summary>
    After,
}

/// <summary>The close dates that a waterfall is of, <c>[From, To)</c>; an end may be open.</summary>
public readonly record struct CloseWindow(DateOnly? From, DateOnly? To)
{
    /// <summary>Whether any date is outside of it.</summary>
    public bool IsLimited => From is not null || To is not null;

    public WindowPlace PlaceOf(DateOnly? date) =>
        !IsLimited ? WindowPlace.Inside
        : date is null ? WindowPlace.After
        : date < From ? WindowPlace.Before
        : date >= To ? WindowPlace.After
        : WindowPlace.Inside;
}

/// <summary>What a waterfall asks of a deal at an instant.</summary>
/// <param name="Status"><see cref="DealStatus.None"/> where there is no deal then.</param>
/// <param name="Close">Of the expected close date, or of the date on which it closed.</param>
/// <param name="IsInScope">Whether it belongs to those who are asked for: at the instant, or when it closed.</param>
/// <param name="IsInCategory">Whether it is of a category and a currency that are asked for.</param>
public readonly record struct WaterfallState(DealStatus Status, WindowPlace Close, bool IsInScope, bool IsInCategory)
{
    /// <summary>Whether it is in the pipeline that the waterfall is of (RULES R5).</summary>
    public bool IsIn => Status == DealStatus.Open && IsWanted;

    /// <summary>Whether it closed in what the waterfall is of, and so counts to its bookings or losses.</summary>
    public bool IsClosedIn => Status is DealStatus.Won or DealStatus.Lost && IsWanted;

    private bool IsWanted => Close == WindowPlace.Inside && IsInScope && IsInCategory;

    public static WaterfallState Of(DealFact? deal, CloseWindow window, bool isInScope, bool isInCategory) => deal is null
        ? default
        : new(deal.Status, window.PlaceOf(deal.ClosedOn ?? deal.ExpectedClose), isInScope, isInCategory);
}
