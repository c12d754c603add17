using System.Globalization;
using SalesOps.Domain.Ledger;
using Xunit;

namespace SalesOps.Domain.Tests.Ledger;

/// <summary>Which of several events moved which line.</summary>
public sealed class LineCausesTests
{
    private static readonly PossibleCause FirstDeal = Cause(1, CauseKind.Deal, "d1");
    private static readonly PossibleCause Plan = Cause(2, CauseKind.Plan);
    private static readonly PossibleCause Quota = Cause(3, CauseKind.Quota);
    private static readonly PossibleCause SecondDeal = Cause(4, CauseKind.Deal, "d2");
    private static readonly PossibleCause Manager = Cause(5, CauseKind.Organisation);

    [Fact]
    public void A_line_has_the_cause_that_is_its_own_deals_whatever_comes_after_it() => Assert.Equal(
        [FirstDeal, SecondDeal],
        LineCauses.Of([Line("d1", "01-10"), Line("d2", "01-20")], [FirstDeal, SecondDeal, Manager]));

    [Fact]
    public void What_the_numbers_of_a_line_come_from_is_its_cause_where_it_came_later() => Assert.Equal(
        [Plan, Quota, Quota, Manager, SecondDeal],
        LineCauses.Of(
            [
                Line("d1", "01-10"), Line("d1", "01-10", "quota"), Line("d3", "01-10", "quota"), Line("d1", "01-10", "level"),
                Line("d2", "01-20", "quota"),
            ],
            [FirstDeal, Plan, Quota, SecondDeal, Manager]));

    [Fact]
    public void A_line_that_another_moved_has_the_cause_of_the_last_that_moved_before_it() => Assert.Equal(
        [FirstDeal, FirstDeal, SecondDeal, SecondDeal],
        LineCauses.Of(
            [Line("d1", "01-10"), Line("d9", "01-15"), Line("d2", "02-20"), Line(null, "02-28")],
            [FirstDeal, Quota, SecondDeal]));

    [Fact]
    public void A_version_moves_what_it_pays_and_what_was_paid_before_for_that_and_nothing_else()
    {
        var published = Cause(8, CauseKind.Plan) with { PlanId = new PlanId("plan"), PlanVersion = 2 };
        var second = new PlanId("other");
        var assigned = Cause(9, CauseKind.Plan) with { PlanId = second };
        Assert.Equal(
            [FirstDeal, published, published, assigned, assigned],
            LineCauses.Of(
                [
                    Line("d1", "01-10"), Line("d2", "02-20"), Line("d2", "02-20") with { PlanVersion = 2 },
                    Line("d3", "03-10"), Line("d3", "03-10") with { PlanId = second },
                ],
                [FirstDeal, SecondDeal, published, assigned]));
    }

    [Fact]
    public void One_event_moved_everything_and_without_any_it_was_time()
    {
        JournalLine[] lines = [Line("d1", "01-10"), Line(null, "01-31")];
        Assert.Equal([Manager, Manager], LineCauses.Of(lines, [Manager]));
        Assert.Equal([null, null], LineCauses.Of(lines, []));
    }

    [Fact]
    public void A_journal_names_what_moved_its_last_line_and_each_line_what_differs()
    {
        JournalLine[] lines = [Line("d1", "01-10"), Line("d2", "01-20")];
        var journal = CommissionJournal.Post(
            new("ada"), "2026-01", Period.Find("2026-01")!.Value, lines, LineCauses.Of(lines, [FirstDeal, SecondDeal]), "2");
        Assert.Equal(SecondDeal.EventId.ToString(), journal.CauseEventId);
        Assert.Equal(
            [FirstDeal.EventId.ToString(), SecondDeal.EventId.ToString()],
            PostedLine.Of(Guid.Empty, 9, journal).Select(line => line.CauseEventId));
    }

    private static JournalLine Line(string? deal, string on, params string[] inputs) => JournalLine.Of(
        PostingKind.Earned, DateOnly.ParseExact($"2026-{on}", "yyyy-MM-dd", CultureInfo.InvariantCulture), new(1, "USD"), "marginal") with
    {
        CreditId = deal,
        DealId = deal is null ? null : new DealId(deal),
        PlanId = new PlanId("plan"),
        PlanVersion = 1,
        Inputs = [.. inputs.Select(name => new LineInput(name, "1"))],
    };

    private static PossibleCause Cause(int position, CauseKind kind, string? deal = null) =>
        new(new Guid(position, 0, 0, new byte[8]), position, kind, deal);
}
