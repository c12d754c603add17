using FsCheck.Fluent;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Pipelines;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Properties;

/// <summary>The invariants of the waterfall (RULES R5) over deals that generated commands and corrections made.</summary>
public sealed class WaterfallProperties
{
    private static readonly CloseWindow[] Windows =
        [default, new(Date(2), Date(3)), new(null, Date(3)), new(Date(2), null), new(Date(1), Date(4))];

    [Fact]
    public void The_lines_of_a_deal_sum_to_what_it_adds_and_all_of_them_to_the_end() =>
        Prop.ForAll<Step[][], Glance>((deals, glance) =>
        {
            var (t0, t1, window) = (glance.Earlier, glance.Later, glance.Window);
            foreach (var form in Enum.GetValues<WaterfallForm>())
            {
                var waterfall = new Waterfall(form);
                foreach (var deal in deals)
                {
                    var change = ChangeOf(deal, t0, t1, window);
                    Assert.Equal(change.End - change.Start, Sum(change, form));
                    waterfall.Add(change);
                }

                Assert.Equal(waterfall.End, waterfall.Start + waterfall.Lines.Sum(line => line.Amount));
            }
        }).Check();

    [Fact]
    public void What_is_won_is_what_was_booked() => Prop.ForAll<Step[][], Glance>((deals, glance) =>
    {
        var (t0, t1, window) = (glance.Earlier, glance.Later, glance.Window);
        var waterfall = new Waterfall(WaterfallForm.Gross);
        var booked = 0m;
        foreach (var deal in deals)
        {
            var (before, after) = (FactAt(deal, t0), FactAt(deal, t1));
            waterfall.Add(ChangeOf(deal, t0, t1, window));
            if (after is { Status: DealStatus.Won, ClosedOn: { } closedOn }
                && (before?.Status, before?.ClosedOn) != (DealStatus.Won, closedOn)
                && WindowOf(window).PlaceOf(closedOn) == WindowPlace.Inside)
            {
                booked += after.Amount?.Amount ?? 0;
            }
        }

        Assert.Equal(-booked, waterfall.Lines.Single(line => line.Kind == WaterfallKind.Won).Amount);
    }).Check();

    [Fact]
    public void Back_again_is_the_negative() => Prop.ForAll<Step[], Glance>((deal, glance) =>
    {
        var (t0, t1, window) = (glance.Earlier, glance.Later, glance.Window);
        foreach (var form in Enum.GetValues<WaterfallForm>())
        {
            Assert.Equal(-Sum(ChangeOf(deal, t0, t1, window), form), Sum(ChangeOf(deal, t1, t0, window), form));
        }
    }).Check();

    [Fact]
    public void The_net_of_a_time_is_the_sum_of_its_parts() => Prop.ForAll<Step[], Glance>((deal, glance) =>
    {
        var (t0, t2, window) = (glance.Earlier, glance.Later, glance.Window);
        for (var t1 = t0; t1 <= t2; t1 = t1.AddDays(1))
        {
            Assert.Equal(
                Sum(ChangeOf(deal, t0, t2, window), WaterfallForm.Net),
                Sum(ChangeOf(deal, t0, t1, window), WaterfallForm.Net) + Sum(ChangeOf(deal, t1, t2, window), WaterfallForm.Net));
        }
    }).Check();

    /// <summary>The same between any states there may be, which what commands make of deals reaches but rarely.</summary>
    [Fact]
    public void The_invariants_hold_between_any_states() => Prop.ForAll<(Seen At0, Seen At1, Seen At2)[], byte>((deals, window) =>
    {
        foreach (var form in Enum.GetValues<WaterfallForm>())
        {
            var (waterfall, booked) = (new Waterfall(form), 0m);
            foreach (var (at0, at1, at2) in deals)
            {
                var whole = ChangeOf(at0, at2, window);
                Assert.Equal(whole.End - whole.Start, Sum(whole, form));
                Assert.Equal(-Sum(whole, form), Sum(ChangeOf(at2, at0, window), form));
                Assert.Equal(Sum(whole, form), Sum(ChangeOf(at0, at1, window), form) + Sum(ChangeOf(at1, at2, window), form));
                waterfall.Add(whole);
                booked += whole is { IsClosedAnew: true, After: { Status: DealStatus.Won, IsClosedIn: true } }
                    ? whole.AmountAfter
                    : 0;
            }

            Assert.Equal(waterfall.End, waterfall.Start + waterfall.Lines.Sum(line => line.Amount));
            if (form == WaterfallForm.Gross)
            {
                Assert.Equal(-booked, waterfall.Lines.Single(line => line.Kind == WaterfallKind.Won).Amount);
            }
        }
    }).Check();

    private static WaterfallChange ChangeOf(Seen before, Seen after, byte window) => new(
        before.In(WindowOf(window)), after.In(WindowOf(window)),
        (before.Status, before.Close) != (after.Status, after.Close), WasInBetween: false, 1, before.Worth, after.Worth);

    private static decimal Sum(WaterfallChange change, WaterfallForm form) => change.Lines(form).Sum(line => line.Amount);

    private static CloseWindow WindowOf(byte window) => Windows[window % Windows.Length];

    private static DealFact? FactAt(Step[] deal, DateTimeOffset at) => DealFact.Of(
        Timeline<Deal, DealEvent>.Empty(Deal.Decider).With(Scripts.OfDeals.Play(deal)).At(at));

    /// <summary>Of the deals that Ada or Ben own, without a category or in commit.</summary>
    private static WaterfallChange ChangeOf(Step[] deal, DateTimeOffset from, DateTimeOffset to, byte window)
    {
        var (before, after) = (FactAt(deal, from), FactAt(deal, to));
        var wasIn = Enumerable.Range(1, 9).Select(Day).Where(at => from < at && at < to)
            .Any(at => StateOf(FactAt(deal, at), window).IsIn);
        return new(
            StateOf(before, window), StateOf(after, window),
            (before?.Status, before?.ClosedOn) != (after?.Status, after?.ClosedOn), wasIn,
            1, before?.Amount?.Amount ?? 0, after?.Amount?.Amount ?? 0);
    }

    private static WaterfallState StateOf(DealFact? deal, byte window) => WaterfallState.Of(
        deal, WindowOf(window),
        window % 2 == 0 || deal?.Status != DealStatus.Open || deal.OwnerId != Cleo,
        window % 3 != 0 || deal?.Status != DealStatus.Open || deal.Category is null or ForecastCategory.Commit);

    /// <summary>What a waterfall sees of a deal at an instant: no deal, one that is open, or one that was won or lost.</summary>
    internal readonly record struct Seen(byte Kind, byte Day, byte Amount, byte Flags)
    {
        public DealStatus Status => (Kind % 4) switch
        {
            0 => DealStatus.None,
            1 => DealStatus.Won,
            2 => DealStatus.Lost,
            _ => DealStatus.Open,
        };

        /// <summary>The expected close of an open deal may be absent; the date of a closed one never is.</summary>
        public DateOnly? Close => Status == DealStatus.None || (Status == DealStatus.Open && Day % 5 == 0)
            ? null
            : Date(1 + (Day % 4));

        public decimal Worth => Status == DealStatus.None ? 0 : Amount;

        public WaterfallState In(CloseWindow window) => Status == DealStatus.None
            ? default
            : new(
                Status, window.PlaceOf(Close), Status != DealStatus.Open || Flags % 3 != 0,
                Status != DealStatus.Open || Flags % 5 != 0);
    }

    /// <summary>Two instants, the earlier first, and a window.</summary>
    internal readonly record struct Glance(byte First, byte Second, byte Window)
    {
        public DateTimeOffset Earlier => Day(1 + Math.Min(First % 9, Second % 9));

        public DateTimeOffset Later => Day(1 + Math.Max(First % 9, Second % 9));
    }
}
