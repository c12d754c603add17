using SalesOps.Domain.Compensation;
using SalesOps.Domain.Ledger;
using Xunit;
using static SalesOps.Domain.Tests.Compensation.Compensated;

namespace SalesOps.Domain.Tests.Ledger;

/// <summary>What capitalised pay posts month by month (RULES R25, R22).</summary>
public sealed class CapitalisedCostTests
{
    private static readonly Plan Plan = Monthly(Bookings(Flat(0.1m))) with { Accounting = new(Capitalise: true) };

    [Fact]
    public void A_cost_is_amortised_at_the_end_of_each_month_of_the_term_to_the_cent()
    {
        var lines = LinesOf(Plan, "2027-06-30", Contract("2026-01-01", "2027-02-28", 10_000));
        var amortised = Of(lines, PostingKind.Amortised);
        Assert.Equal((14, 1_000), (amortised.Length, amortised.Sum(line => line.Amount.Amount)));
        Assert.Equal(
            (2, 12), (amortised.Count(line => line.Amount.Amount == 71.42m), amortised.Count(line => line.Amount.Amount == 71.43m)));
        Assert.Equal((Day("2026-01-31"), "d1", "amortisation"), (amortised[0].On, amortised[0].CreditId, amortised[0].Rule));
        Assert.Equal(0, AssetOf(lines));
        Assert.Equal(857.14m, AssetOf(LinesOf(Plan, "2026-02-28", Contract("2026-01-01", "2027-02-28", 10_000))));
    }

    [Fact]
    public void Without_a_contract_the_plan_says_for_how_long_and_a_renewal_has_its_own_term()
    {
        var months = Plan with { Accounting = new(true, 60, RenewalCommensurate: false) };
        Assert.Equal(50, Of(LinesOf(months, "2026-02-28", Credit("d1", "2026-01-10", 30_000)), PostingKind.Amortised)[1].Amount.Amount);
        Assert.Equal(12, Of(LinesOf(Plan, "2027-12-31", Credit("d1", "2026-01-10", 300)), PostingKind.Amortised).Length);
        var contract = Contract("2026-01-01", "2027-12-31", 300);
        Assert.Equal(60, Of(LinesOf(months, "2035-12-31", contract), PostingKind.Amortised).Length);
        Assert.Equal(24, Of(LinesOf(months, "2035-12-31", contract with { IsRenewal = true }), PostingKind.Amortised).Length);
    }

    [Theory]
    [InlineData(ClawbackMethod.Full, 1_000, -250)]
    [InlineData(ClawbackMethod.ProRata, 750, 0)]
    public void When_a_contract_ends_early_what_is_not_clawed_back_is_written_off(ClawbackMethod method, decimal clawed, decimal writtenOff)
    {
        var plan = Plan with { Clawback = new(method, TermMonths: 12) };
        var lines = LinesOf(plan, "2026-12-31", Contract("2026-01-01", "2026-12-31", 10_000) with { CancelledOn = Day("2026-04-01") });
        Assert.Equal(clawed, Of(lines, PostingKind.ClawedBackCapitalised).Sum(line => line.Amount.Amount));
        Assert.Equal(250, Of(lines, PostingKind.Amortised).Sum(line => line.Amount.Amount), precision: 2);
        Assert.Equal(writtenOff, Of(lines, PostingKind.WrittenOff).Sum(line => line.Amount.Amount), precision: 2);
        Assert.Equal(0, AssetOf(lines));
    }

    [Fact]
    public void Without_a_clawback_all_of_the_rest_is_written_off_and_a_credit_walked_down_leaves_nothing()
    {
        var ended = Contract("2026-01-01", "2026-12-31", 10_000) with { CancelledOn = Day("2026-04-15") };
        var lines = LinesOf(Plan, "2026-12-31", ended);
        var rest = Of(lines, PostingKind.WrittenOff)[0];
        Assert.Equal((Day("2026-04-15"), 750), (rest.On, rest.Amount.Amount));
        Assert.Equal(0, AssetOf(lines));

        var byCash = LinesOf(Plan with { PayOn = PayOn.Cash }, "2026-12-31", ended);
        Assert.Equal(0, AssetOf(byCash));
        Assert.Equal(0, Balance(byCash, LedgerAccount.PayableUnreleased));
    }

    [Fact]
    public void What_no_contract_earned_is_expensed_and_a_plan_that_does_not_capitalise_has_no_schedules()
    {
        var contest = Plan with
        {
            Spiffs = [new("top", Day("2026-01-01"), Day("2026-02-01"), SpiffTrigger.Ranking, 500, Places: 1)],
        };
        var lines = LinesOf(contest, "2026-12-31", Credit("d1", "2026-01-10", 300));
        Assert.Equal(500, Of(lines, PostingKind.Earned).Sum(line => line.Amount.Amount));
        Assert.False(CapitalisedCost.Capitalises(Input(Term(Monthly(Bookings(Flat(0.1m)))), "2026")));
    }

    [Fact]
    public void True_ups_of_a_retroactive_table_catch_up_and_all_of_it_is_gone_in_the_end()
    {
        var plan = Yearly(Bookings(Rates(RateKind.Retroactive, RateUnit.Amount, T(0, 0.1m), T(10_000, 0.2m)))) with
        {
            Accounting = new(Capitalise: true),
        };
        var lines = LinesOf(
            plan, "2027-12-31", Contract("2026-01-01", "2026-12-31", 6_000), Credit("d2", "2026-03-05", 6_000));
        Assert.Equal(
            [50, 50, 200],
            lines.Where(line => line is { Kind: PostingKind.Amortised, CreditId: "d1" }).Take(3).Select(line => line.Amount.Amount));
        Assert.Equal(0, AssetOf(lines));
    }

    private static Credit Contract(string from, string to, decimal amount) =>
        Credit("d1", from, amount) with { TermStart = Day(from), TermEnd = Day(to) };

    private static IReadOnlyList<JournalLine> LinesOf(Plan plan, string until, params Credit[] credits)
    {
        var input = Input(Term(plan), "2026 2027", credits);
        var deals = new Dictionary<string, string>(StringComparer.Ordinal);
        JournalLine[] earned = [.. CommissionJournal.LinesOf(Pay(input), deals, Day(until))];
        return CapitalisedCost.WithSchedules(earned, input, Day(until));
    }

    private static JournalLine[] Of(IEnumerable<JournalLine> lines, PostingKind kind) => [.. lines.Where(line => line.Kind == kind)];

    private static decimal AssetOf(IEnumerable<JournalLine> lines) => Balance(lines, LedgerAccount.ContractCostAsset);

    private static decimal Balance(IEnumerable<JournalLine> lines, LedgerAccount account) =>
        lines.SelectMany(line => line.Postings).Where(posting => posting.Account == account).Sum(posting => posting.Amount);
}
