using SalesOps.Domain.Deals;

namespace SalesOps.Domain.Pipelines;

/// <summary>
/// What became of a deal between two instants, or of several that are alike: each of them is in the same states, and all
/// of their amounts rose, or fell, or stayed.
/// </summary>
/// <param name="Before">At the earlier instant.</param>
/// <param name="After">At the later one.</param>
/// <param name="IsClosedAnew">Whether its close at the later instant is another than one at the earlier.</param>
/// <param name="WasInBetween">Whether it was in the pipeline at an instant between.</param>
/// <param name="AmountBefore">The sum of what they were worth; 0 for those without an amount.</param>
public sealed record WaterfallChange(
    WaterfallState Before, WaterfallState After, bool IsClosedAnew, bool WasInBetween,
    long Deals, decimal AmountBefore, decimal AmountAfter)
{
    /// <summary>What of the earlier pipeline it is.</summary>
    public decimal Start => Before.IsIn ? AmountBefore : 0;

    /// <summary>What of the later pipeline it is.</summary>
    public decimal End => After.IsIn ? AmountAfter : 0;

    /// <summary>
    /// Whether it came and went in between. What closed in the window counts too, wherever its date lay before, so that
    /// what is won is what was booked.
    /// </summary>
    private bool Passed => !Before.IsIn && !After.IsIn && (WasInBetween || (IsClosedAnew && After.IsClosedIn));

    /// <summary>Its lines; their sum is <see cref="End"/> − <see cref="Start"/> (RULES R5).</summary>
    public IReadOnlyList<WaterfallLine> Lines(WaterfallForm form) => (Before.IsIn, After.IsIn) switch
    {
        (true, true) => [Movement ?? new(WaterfallKind.Unchanged, 0)],
        (false, true) when form == WaterfallForm.Net || Entry == WaterfallKind.Created => [new(Entry, AmountAfter)],
        (false, true) => [new(Entry, AmountBefore), .. Moved],
        (true, false) when form == WaterfallForm.Net || Exit == WaterfallKind.Removed => [new(Exit, -AmountBefore)],
        (true, false) => [.. Moved, new(Exit, -AmountAfter)],
        _ when Passed => [new(Entry, AmountAfter), new(Exit, -AmountAfter)],
        _ => [],
    };

    private WaterfallKind Entry => Before switch
    {
        { Status: DealStatus.None } => WaterfallKind.Created,
        { Status: DealStatus.Won or DealStatus.Lost } => WaterfallKind.Reopened,
        { Close: WindowPlace.After } => WaterfallKind.PulledIn,
        { Close: WindowPlace.Before } => WaterfallKind.PushedIn,
        { IsInScope: false } => WaterfallKind.TransferredIn,
        _ => WaterfallKind.CategoryIn,
    };

    private WaterfallKind Exit => After switch
    {
        { Status: DealStatus.None } => WaterfallKind.Removed,
        { Close: WindowPlace.After } => WaterfallKind.PushedOut,
        { Close: WindowPlace.Before } => WaterfallKind.PulledOut,
        { Status: DealStatus.Won } => WaterfallKind.Won,
        { Status: DealStatus.Lost } => WaterfallKind.Lost,
        { IsInScope: false } => WaterfallKind.TransferredOut,
        _ => WaterfallKind.CategoryOut,
    };

    private IEnumerable<WaterfallLine> Moved => Movement is { } movement ? [movement] : [];

    private WaterfallLine? Movement => (AmountAfter - AmountBefore) switch
    {
        > 0 and var more => new(WaterfallKind.Increased, more),
        < 0 and var less => new(WaterfallKind.Decreased, less),
        _ => null,
    };
}
