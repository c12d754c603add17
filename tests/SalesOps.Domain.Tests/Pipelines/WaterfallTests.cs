using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Pipelines;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Pipelines;

public sealed class WaterfallTests
{
    private static readonly CloseWindow Window = new(Date(10), Date(20));

    [Fact]
    public void W1_start_and_lines_make_the_end()
    {
        var waterfall = new Waterfall(WaterfallForm.Gross);
        waterfall.Add(Change(null, Open(1_501_878)));
        waterfall.Add(Change(Open(100_000), Open(280_171)));
        waterfall.Add(Change(Open(149_382, close: 25), Open(149_382)));
        waterfall.Add(Change(Open(271_125), Closed(DealStatus.Lost, 271_125)));
        waterfall.Add(Change(Open(598_947), Open(42_655)));
        waterfall.Add(Change(Open(287_487), Closed(DealStatus.Won, 287_487)));

        Assert.Equal(1_257_559, waterfall.Start);
        Assert.Equal(1_974_086, waterfall.End);
        Assert.Equal(
            "created:1:1501878 pulledIn:1:149382 increased:1:180171 decreased:1:-556292 won:1:-287487 lost:1:-271125",
            Text(waterfall.Lines));
    }

    [Theory]
    // Opened since.
    [InlineData("", "o12 5", "created:5")]
    // Reopened, with another amount.
    [InlineData("l12 5", "o12 7", "reopened:5 increased:2")]
    [InlineData("w12 5", "o12 5", "reopened:5")]
    [InlineData("o25 5", "o12 4", "pulledIn:5 decreased:-1")]
    [InlineData("o- 5", "o12 5", "pulledIn:5")]
    [InlineData("o5 5", "o12 5", "pushedIn:5")]
    [InlineData("o12 5 out", "o12 5", "transferredIn:5")]
    [InlineData("o12 5 other", "o12 5", "categoryIn:5")]
    // The first test that fits decides.
    [InlineData("o25 5 out", "o12 5", "pulledIn:5")]
    [InlineData("o12 5", "o12 7", "increased:2")]
    [InlineData("o12 5", "o12 3", "decreased:-2")]
    [InlineData("o12 5", "o13 5", "unchanged:0")]
    [InlineData("o12 5", "w12 7", "increased:2 won:-7")]
    [InlineData("o12 5", "l12 5", "lost:-5")]
    [InlineData("o12 5", "w12 5 out", "won:-5")]
    [InlineData("o12 5", "", "removed:-5")]
    [InlineData("o12 5", "o20 4", "decreased:-1 pushedOut:-4")]
    [InlineData("o12 5", "o- 5", "pushedOut:-5")]
    [InlineData("o12 5", "o9 5", "pulledOut:-5")]
    // Closed outside of the window: none of its bookings.
    [InlineData("o12 5", "w25 5", "pushedOut:-5")]
    [InlineData("o12 5", "w9 5", "pulledOut:-5")]
    [InlineData("o12 5", "o12 5 out", "transferredOut:-5")]
    [InlineData("o12 5", "o12 5 other", "categoryOut:-5")]
    // Came and went in between: both lines, so that what is won is what was booked.
    [InlineData("", "w12 5", "created:5 won:-5")]
    [InlineData("", "l12 5", "created:5 lost:-5")]
    [InlineData("", "w25 5", "")]
    [InlineData("", "w12 5 out", "")]
    [InlineData("o25 4", "w12 5", "pulledIn:5 won:-5")]
    [InlineData("o12 4 out", "w12 5", "transferredIn:5 won:-5")]
    [InlineData("l11 4", "w12 5", "reopened:5 won:-5")]
    [InlineData("w12 5", "w12 5", "")]
    [InlineData("o25 5", "o26 5", "")]
    [InlineData("", "o25 5 between", "created:5 pushedOut:-5")]
    // Without an amount it is worth nothing.
    [InlineData("o12 -", "o12 3", "increased:3")]
    [InlineData("o12 -", "l12 -", "lost:0")]
    public void Each_deal_is_on_the_lines_that_the_rule_gives_it(string before, string after, string lines) =>
        Assert.Equal(lines, Text(ChangeOf(before, after).Lines(WaterfallForm.Gross)));

    [Theory]
    [InlineData("o12 5", "w12 7", "won:-5")]
    [InlineData("o25 5", "o12 4", "pulledIn:4")]
    [InlineData("o12 5", "o12 7", "increased:2")]
    [InlineData("", "w12 5", "created:5 won:-5")]
    public void The_net_form_has_no_line_for_the_amount_of_what_comes_or_goes(string before, string after, string lines) =>
        Assert.Equal(lines, Text(ChangeOf(before, after).Lines(WaterfallForm.Net)));

    [Fact]
    public void Without_a_window_a_deal_without_a_date_is_in_it_too()
    {
        Assert.Equal(WindowPlace.Inside, default(CloseWindow).PlaceOf(null));
        Assert.Equal(WindowPlace.After, Window.PlaceOf(null));
        Assert.Equal(WindowPlace.Inside, new CloseWindow(null, Date(2)).PlaceOf(Date(1)));
        Assert.Equal(WindowPlace.Before, new CloseWindow(Date(2), null).PlaceOf(Date(1)));
    }

    /// <summary><c>o12 5 out</c>: open, to close on the 12th, worth 5, of somebody else.</summary>
    private static WaterfallChange ChangeOf(string before, string after) => Change(DealOf(before), DealOf(after)) with
    {
        Before = StateOf(before),
        After = StateOf(after),
        WasInBetween = after.Contains("between", StringComparison.Ordinal),
    };

    private static WaterfallState StateOf(string text) => WaterfallState.Of(
        DealOf(text), Window, !text.EndsWith("out", StringComparison.Ordinal), !text.EndsWith("other", StringComparison.Ordinal));

    private static DealFact? DealOf(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var parts = text.Split(' ');
        int? day = parts[0][1..] == "-" ? null : int.Parse(parts[0][1..], System.Globalization.CultureInfo.InvariantCulture);
        decimal? amount = parts[1] == "-" ? null : decimal.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        return text[0] switch
        {
            'w' => Closed(DealStatus.Won, amount, day!.Value),
            'l' => Closed(DealStatus.Lost, amount, day!.Value),
            _ => Open(amount, day),
        };
    }

    private static WaterfallChange Change(DealFact? before, DealFact? after) => new(
        WaterfallState.Of(before, Window, isInScope: true, isInCategory: true),
        WaterfallState.Of(after, Window, isInScope: true, isInCategory: true),
        (before?.Status, before?.ClosedOn) != (after?.Status, after?.ClosedOn),
        WasInBetween: false,
        1,
        before?.Amount?.Amount ?? 0,
        after?.Amount?.Amount ?? 0);

    private static DealFact Open(decimal? amount, int? close = 12) => new(
        DealStatus.Open, "D", Pipeline.DefaultId, Proposal, amount is { } value ? Usd(value) : null, Ada, null, null,
        close is { } day ? Date(day) : null, Date(1), null, null, null, null, []);

    private static DealFact Closed(DealStatus status, decimal? amount, int day = 12) =>
        Open(amount, close: 25) with { Status = status, ClosedOn = Date(day) };

    private static string Text(IEnumerable<(WaterfallKind Kind, long Deals, decimal Amount)> lines) => string.Join(
        ' ', lines.Where(line => line.Deals > 0).Select(line => $"{EnumName<WaterfallKind>.Of(line.Kind)}:{line.Deals}:{line.Amount}"));

    private static string Text(IEnumerable<WaterfallLine> lines) =>
        string.Join(' ', lines.Select(line => $"{EnumName<WaterfallKind>.Of(line.Kind)}:{line.Amount:0.##}"));
}
