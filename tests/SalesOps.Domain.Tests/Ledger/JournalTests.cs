using SalesOps.Domain.Ledger;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Ledger;

public sealed class JournalTests
{
    private static readonly JournalLine Earned = LineOf(PostingKind.Earned, 100);

    [Theory]
    [InlineData(PostingKind.Earned, LedgerAccount.CommissionExpense, LedgerAccount.PayableUnreleased)]
    [InlineData(PostingKind.EarnedCapitalised, LedgerAccount.ContractCostAsset, LedgerAccount.PayableUnreleased)]
    [InlineData(PostingKind.Released, LedgerAccount.PayableUnreleased, LedgerAccount.PayableDue)]
    [InlineData(PostingKind.Held, LedgerAccount.PayableDue, LedgerAccount.HoldbackPayable)]
    [InlineData(PostingKind.DrawToppedUp, LedgerAccount.DrawReceivable, LedgerAccount.PayableDue)]
    [InlineData(PostingKind.ClawedBack, LedgerAccount.ClawbackReceivable, LedgerAccount.CommissionExpense)]
    [InlineData(PostingKind.Paid, LedgerAccount.PayableDue, LedgerAccount.PayrollClearing)]
    public void A_line_is_posted_by_its_rule_and_mirrored_where_it_takes_back(
        PostingKind kind, LedgerAccount debit, LedgerAccount credit)
    {
        Assert.Equal([new(debit, 10), new(credit, -10)], PostingRules.Of(kind, 10));
        Assert.Equal([new(debit, -10), new(credit, 10)], PostingRules.Of(kind, -10));
    }

    [Fact]
    public void Every_kind_of_line_has_a_rule() => Assert.All(
        Enum.GetValues<PostingKind>(), kind => Assert.Equal(0, PostingRules.Of(kind, 7).Sum(posting => posting.Amount)));

    [Fact]
    public void A_journal_that_balances_is_posted_and_one_that_does_not_is_refused()
    {
        var journal = JournalOf(Earned);
        Spec.For(RepLedger.Decider).When(Day(1), state => RepLedger.Post(state, journal)).NotIdempotent().Then(journal);

        var uneven = JournalOf(Earned with { Postings = [Earned.Postings[0], Earned.Postings[1] with { Amount = -99 }] });
        Spec.For(RepLedger.Decider).When(Day(1), state => RepLedger.Post(state, uneven)).Refused("journal-unbalanced", "/lines/0");

        // What passes a computation by is met by the decider.
        Spec.For(RepLedger.Decider).When(Day(1), _ => Decision<LedgerEvent>.Accept(uneven)).Refused("journal-unbalanced", "/lines/0");
    }

    [Fact]
    public void A_journal_has_lines_whole_cents_and_a_date_in_its_period()
    {
        Spec.For(RepLedger.Decider).When(Day(1), state => RepLedger.Post(state, JournalOf())).Refused("journal-empty", "/lines");
        Spec.For(RepLedger.Decider).When(Day(1), state => RepLedger.Post(state, JournalOf(LineOf(PostingKind.Earned, 0.001m))))
            .Refused("journal-not-rounded", "/lines/0");
        Spec.For(RepLedger.Decider)
            .When(Day(1), state => RepLedger.Post(state, JournalOf(Earned) with { PostedOn = new(2026, 2, 1) }))
            .Refused("journal-outside-period", "/postedOn");
        Spec.For(RepLedger.Decider)
            .When(Day(1), state => RepLedger.Post(state, JournalOf(Earned) with { OriginPeriod = "2026-02" }))
            .Refused("journal-outside-period", "/postedOn");
    }

    [Fact]
    public void A_line_is_dated_by_itself_in_its_own_month_and_by_the_journal_in_a_later_one()
    {
        Assert.Equal(new DateOnly(2026, 1, 15), JournalOf(Earned).DateOf(Earned));
        Assert.Equal(
            new DateOnly(2026, 3, 1), (JournalOf(Earned) with { Period = "2026-03", PostedOn = new(2026, 3, 1) }).DateOf(Earned));
    }

    [Fact]
    public void What_is_missing_is_the_target_less_what_was_posted()
    {
        var other = LineOf(PostingKind.Earned, 50) with { CreditId = "d2" };
        Assert.Equal([Earned, other], TrueUp.Of([Earned, other], []));

        var delta = Assert.Single(TrueUp.Of([LineOf(PostingKind.Earned, 130), other], [Earned, other]));
        Assert.Equal((30, 30, -30), (delta.Amount.Amount, delta.Postings[0].Amount, delta.Postings[1].Amount));

        var back = Assert.Single(TrueUp.Of([other], [Earned, other]));
        Assert.Equal((-100, -100, 100), (back.Amount.Amount, back.Postings[0].Amount, back.Postings[1].Amount));
    }

    [Fact]
    public void Run_again_it_posts_nothing()
    {
        JournalLine[] target = [Earned, Earned, LineOf(PostingKind.Released, 200)];
        var first = TrueUp.Of(target, []);
        Assert.Equal(2, first.Count);
        Assert.Empty(TrueUp.Of(target, first));
        Assert.Empty(TrueUp.Of([], [.. first, .. TrueUp.Of([], first)]));
    }

    [Fact]
    public void Another_version_of_the_plan_takes_the_old_line_back_and_posts_its_own()
    {
        var (before, after) = (Earned with { PlanVersion = 1 }, LineOf(PostingKind.Earned, 120) with { PlanVersion = 2 });
        Assert.Equal(
            [(2, 120m), (1, -100m)],
            TrueUp.Of([after], [before]).Select(line => (line.PlanVersion!.Value, line.Amount.Amount)));
    }

    [Fact]
    public void What_was_posted_by_hand_is_no_part_of_the_calculation()
    {
        var ledger = Spec.For(RepLedger.Decider).Given(
            (Day(1), JournalOf(Earned)),
            (Day(2), JournalOf(LineOf(PostingKind.Adjusted, 7)) with { Source = JournalSource.Adjustment })).Timeline.Latest;
        Assert.Equal([Earned], ledger.Calculated);
        Assert.Equal(2, ledger.Journals.Count);
    }

    [Fact]
    public void A_statement_adds_up_to_the_movement_of_the_payable()
    {
        PostedLine[] lines =
        [
            .. PostedLine.Of(Guid.Empty, 1, JournalOf(
                Earned, LineOf(PostingKind.Released, 100), LineOf(PostingKind.Held, 10), LineOf(PostingKind.DrawRecovered, 20))),
            .. PostedLine.Of(Guid.Empty, 2, JournalOf(LineOf(PostingKind.Paid, 60)) with { Source = JournalSource.Payout }),
        ];
        var statement = Statement.Of("USD", lines, new Dictionary<LedgerAccount, decimal>
        {
            [LedgerAccount.PayableDue] = -5,
            [LedgerAccount.DrawReceivable] = 30,
        });
        Assert.Equal((100m, 10m, 20m), (statement.Earned, statement.Held, statement.DrawRecovered));
        Assert.Equal((70m, 60m), (statement.Payable, statement.PaidOut));
        Assert.Equal(new Balances(5, 0, 0, 30, 0), statement.Opening);
        Assert.Equal(new Balances(15, 0, 10, 10, 0), statement.Closing);
        Assert.Equal(statement.Closing.Due - statement.Opening.Due, statement.Payable - statement.PaidOut);
    }

    [Fact]
    public void A_calculation_is_said_to_be_blocked_once_and_to_go_on_once()
    {
        var block = new CalculationEvent.Blocked("2026-01", "rate-missing", "There is no rate.");
        Spec.For(RepCalculation.Decider)
            .When(Day(1), state => RepCalculation.Say(state, block)).Then(block)
            .When(Day(2), state => RepCalculation.Say(state, null)).Then(new CalculationEvent.Resumed())
            .When(Day(3), state => RepCalculation.Say(state, null)).Nothing();
    }

    private static JournalLine LineOf(PostingKind kind, decimal amount) =>
        JournalLine.Of(kind, new(2026, 1, 15), Usd(amount), "marginal") with { CreditId = "d1" };

    private static LedgerEvent.JournalPosted JournalOf(params IReadOnlyList<JournalLine> lines) =>
        new(JournalSource.Calculation, Ada, "2026-01", "2026-01", new(2026, 1, 1), [.. lines]);
}
