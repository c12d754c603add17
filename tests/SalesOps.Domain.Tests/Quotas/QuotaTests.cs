using System.Globalization;
using FsCheck.Fluent;
using SalesOps.Domain.Quotas;
using SalesOps.Domain.Tests.Properties;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Quotas;

public sealed class QuotaTests
{
    private static readonly QuotaTerms Year = new(
        new(QuotaHolderKind.Rep, "ada"), "2026", Measure.Bookings, new(1_200_000, "USD"), Proration.CalendarDays);

    private static readonly Spec<Quota, QuotaEvent> Assigned = Spec.For(Quota.Decider).Given((Day(1), new QuotaEvent.Assigned(Year)));

    [Fact]
    public void A_ramp_of_30_and_70_percent_leaves_750k_of_a_million() => Assert.Equal(
        750_000,
        TotalOf(Year with { Amount = new(1_000_000, "USD"), Ramp = [new(30, 3), new(70, 3)] }));

    [Fact]
    public void A_ramp_of_half_leaves_150k_of_a_quarter_of_1_2_million_a_year()
    {
        var quarter = Year with { Period = "2026-Q1", Amount = new(300_000, "USD") };
        Assert.Equal(150_000, TotalOf(quarter with { Ramp = [new(50)] }));
        var all = (10 * TotalOf(quarter)) + (3 * TotalOf(quarter with { Ramp = [new(50)] }));
        Assert.Equal((3_450_000m, 2_932_500m), (all, all * 0.85m));
    }

    [Fact]
    public void A_ramp_that_began_before_the_period_goes_on_in_it() => Assert.Equal(
        (30_000m + 70_000m + 70_000m) * 1,
        TotalOf(Year with
        {
            Period = "2026-Q1",
            Amount = new(300_000, "USD"),
            Ramp = [new(30, 3), new(70, 3)],
            RampFrom = new(2025, 11, 1),
        }));

    [Theory]
    [InlineData(Proration.CalendarDays, "170000")]
    [InlineData(Proration.WorkingDays, "168181.82")]
    [InlineData(Proration.Months, "100000")]
    public void A_holder_who_begins_in_the_period_has_a_part_of_it(Proration proration, string total) => Assert.Equal(
        // April has 30 days and 22 working days, of which 21 and 15 are from the tenth on.
        decimal.Parse(total, CultureInfo.InvariantCulture),
        TotalOf(Year with { Proration = proration, ActiveFrom = new(2026, 4, 10), ActiveTo = new(2026, 6, 1) }));

    [Fact]
    public void Months_follow_their_seasons() => Assert.Equal(
        [20_000m, 30_000m, 50_000m],
        EffectiveQuota.Of(
            Year with { Period = "2026-Q1", Amount = new(100_000, "USD"), Seasonality = [new(2), new(3), new(5)] }, 0)
            .Months.Select(month => month.Amount));

    [Fact]
    public void Relief_comes_off_and_never_more_than_there_is()
    {
        var relieved = Assigned.When(Day(2), Relieve(200_000)).NotIdempotent()
            .Then(new QuotaEvent.Relieved(new(200_000, "USD"), "leave"));
        Assert.Equal(1_000_000, relieved.Timeline.Latest.Effective()!.Total.Value);
        relieved.When(Day(3), Relieve(1_000_000.01m)).Refused("relief-above-quota");
        relieved.When(Day(3), state => ChangeQuotaAmount.Decide(state, new(new(100_000, "USD")))).Refused("relief-above-quota");
    }

    [Fact]
    public void Amount_and_ramp_change_from_a_time_on()
    {
        var changed = Assigned
            .When(Day(10), state => ChangeQuotaAmount.Decide(state, new(new(1_500_000, "USD"))))
            .Then(new QuotaEvent.AmountChanged(new(1_500_000, "USD")))
            .When(Day(20), state => ChangeQuotaRamp.Decide(state, new([new(50)], null)))
            .Then(new QuotaEvent.RampChanged([new(50)]))
            .Timeline;
        Assert.Equal(
            [1_200_000m, 1_500_000m, 750_000m],
            new[] { 9, 10, 20 }.Select(day => changed.At(Day(day)).Effective()!.Total.Value));
    }

    [Fact]
    public void The_same_again_comes_to_nothing_and_another_is_a_conflict()
    {
        Assigned.When(Day(2), As(Year)).Nothing();
        Assigned.When(Day(2), As(Year with { Period = "2027" })).Refused("quota-exists");
    }

    [Fact]
    public void Bad_terms_are_refused_at_their_member()
    {
        Refused(Year with { Period = "2026-Q5" }, "period-unknown", "/period");
        Refused(Year with { Period = "2026-13" }, "period-unknown", "/period");
        Refused(Year with { Amount = new(-1, "USD") }, "amount-negative", "/amount");
        Refused(Year with { Amount = new(5) }, "money-expected", "/amount");
        Refused(Year with { Measure = Measure.Units }, "count-expected", "/amount");
        Refused(Year with { Ramp = [new(201)] }, "ramp-range", "/ramp/0/percent");
        Refused(Year with { Ramp = [new(20), new(50)] }, "ramp-months", "/ramp/0/months");
        Refused(Year with { Seasonality = [.. Enumerable.Repeat(new MonthWeight(0), 12)] }, "seasonality-zero", "/seasonality");
        Refused(Year with { Seasonality = [new(1)] }, "seasonality-months", "/seasonality");
        Refused(Year with { ActiveFrom = new(2027, 1, 1) }, "never-active", "/activeFrom");
        Spec.For(Quota.Decider).When(Day(1), As(Year)).Then(new QuotaEvent.Assigned(Year));

        static void Refused(QuotaTerms terms, string code, string pointer) =>
            Spec.For(Quota.Decider).When(Day(1), As(terms)).Refused(code, pointer);
    }

    [Fact]
    public void No_two_quotas_of_a_holder_and_measure_have_a_day_in_common()
    {
        var book = Spec.For(QuotaBook.Decider)
            .When(Day(1), Enter("q1", Year with { ActiveTo = new(2026, 7, 1) }))
            .Then(new QuotaBookEvent.Entered(new("q1"), Measure.Bookings, new(2026, 1, 1), new(2026, 7, 1)));
        book.When(Day(1), Enter("q2", Year with { Period = "2026-06" })).Refused("quota-overlaps");
        book.When(Day(1), Enter("q2", Year with { Period = "2026-07" }))
            .Then(new QuotaBookEvent.Entered(new("q2"), Measure.Bookings, new(2026, 7, 1), new(2026, 8, 1)));
        book.When(Day(1), Enter("q3", Year with { Measure = Measure.Margin }))
            .Then(new QuotaBookEvent.Entered(new("q3"), Measure.Margin, new(2026, 1, 1), new(2027, 1, 1)));
    }

    [Fact]
    public void Months_sum_to_the_year_in_any_currency_and_season() => Prop.ForAll<uint, ushort[], byte>((amount, seasons, code) =>
    {
        var weights = Enumerable.Range(0, 12).Select(month => (decimal)seasons.ElementAtOrDefault(month)).ToArray();
        if (weights.All(weight => weight == 0))
        {
            return;
        }

        var currency = new[] { "USD", "JPY", "KWD" }[code % 3];
        var unit = new decimal(1, 0, 0, false, (byte)Currencies.DecimalsOf(currency));
        MonthWeight[] season = [.. weights.Select(weight => new MonthWeight(weight))];
        var terms = Year with { Amount = new(amount * unit, currency), Seasonality = season };
        var quota = EffectiveQuota.Of(terms, 0);
        Assert.Equal(amount * unit, quota.Total.Value);
        Assert.Equal(amount * unit, quota.Months.Sum(month => month.Amount));
    }).Check();

    [Fact]
    public void Shares_of_adjacent_parts_sum_to_the_whole() => Prop.ForAll<byte, byte>((day, kind) =>
    {
        var cut = new DateOnly(2026, 1, 2).AddDays(day);
        var terms = Year with { Proration = (Proration)(kind % 3) };
        var (before, after) = (terms with { ActiveTo = cut }, terms with { ActiveFrom = cut });
        Assert.All(
            EffectiveQuota.Of(before, 0).Months.Zip(EffectiveQuota.Of(after, 0).Months),
            pair => Assert.Equal(1, decimal.Round(pair.First.ActiveShare + pair.Second.ActiveShare, 20)));
    }).Check();

    [Fact]
    public void Several_measures_make_one_attainment_up_to_their_caps()
    {
        Assert.Equal(0.96m, MultiMeasure.Attainment([new(0.6m, 1.5m, 1.2m), new(0.4m, 0.6m)]));
        Assert.Throws<ArgumentException>(() => MultiMeasure.Attainment([new(0.6m, 1), new(0.3m, 1)]));
    }

    [Theory]
    [InlineData("2026", "2026-01-01", "2027-01-01", 12)]
    [InlineData("2026-Q4", "2026-10-01", "2027-01-01", 3)]
    [InlineData("2026-12", "2026-12-01", "2027-01-01", 1)]
    public void A_period_is_told_by_its_key(string key, string from, string to, int months)
    {
        var period = Period.Find(key)!.Value;
        Assert.Equal((from, to, months), ($"{period.From:yyyy-MM-dd}", $"{period.To:yyyy-MM-dd}", period.Months().Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("26")]
    [InlineData("2026-")]
    [InlineData("2026-00")]
    [InlineData("2026-3")]
    [InlineData("2026-Q0")]
    [InlineData("1899")]
    [InlineData("20260")]
    public void Another_text_is_no_period(string key) => Assert.Null(Period.Find(key));

    private static decimal TotalOf(QuotaTerms terms)
    {
        var quota = EffectiveQuota.Of(terms, 0);
        Assert.Equal(quota.Total.Value, quota.Months.Sum(month => month.Amount));
        return quota.Total.Value;
    }

    private static Func<Quota, Decision<QuotaEvent>> As(QuotaTerms terms) => state => AssignQuota.Decide(state, new(terms));

    private static Func<Quota, Decision<QuotaEvent>> Relieve(decimal amount) =>
        state => RelieveQuota.Decide(state, new(new(amount, "USD"), "leave"));

    private static Func<QuotaBook, Decision<QuotaBookEvent>> Enter(string id, QuotaTerms terms) =>
        state => QuotaBook.Enter(state, new(id), terms);
}
