using System.Security.Cryptography;
using System.Text;
using SalesOps.Domain.Compensation;
using Xunit;
using static SalesOps.Domain.Tests.Compensation.Compensated;

namespace SalesOps.Domain.Tests.Compensation;

/// <summary>Plans as they are written, published, assigned and accepted.</summary>
public sealed class PlanTests
{
    private static readonly PlanId Id = new("base");

    private static readonly Plan First = Monthly(Bookings(Flat(0.1m)));

    private static readonly Plan Second = Monthly(Bookings(Flat(0.2m)));

    [Fact]
    public void A_draft_is_created_once_and_then_replaced() => Assert.Equal(
        (0, "plan-exists", 1, 0),
        (DraftPlan.Decide(Drafted(First), new(First)).Events.Count,
            DraftPlan.Decide(Drafted(First), new(Second)).Rejection!.Code,
            ReplaceDraft.Decide(Drafted(First), new(Second)).Events.Count,
            ReplaceDraft.Decide(Drafted(First), new(First)).Events.Count));

    [Fact]
    public void A_publication_is_a_version_and_the_same_draft_again_is_none()
    {
        var published = (CompPlanEvent.Published)Assert.Single(PublishPlan.Decide(Drafted(First)).Events);
        Assert.Equal((1, PlanHash.Of(First), First), (published.Number, published.Hash, published.Plan));
        var state = Evolve(Drafted(First), published);
        Assert.Empty(PublishPlan.Decide(state).Events);
        var next = PublishPlan.Decide(Evolve(state, new CompPlanEvent.Drafted(Second))).Events;
        Assert.Equal(2, ((CompPlanEvent.Published)next[0]).Number);
        Assert.Equal("plan-not-drafted", PublishPlan.Decide(CompPlan.Decider.Initial).Rejection!.Code);
    }

    [Fact]
    public void The_hash_is_over_the_canonical_text_and_tells_any_difference()
    {
        var text = PlanHash.Canonical(First);
        Assert.StartsWith("{\"components\":[{\"id\":\"base\",\"measure\":\"bookings\",", text, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), PlanHash.Of(First));
        Assert.Equal(PlanHash.Of(First), PlanHash.Of(Monthly(Bookings(Flat(0.10m)))));
        Assert.NotEqual(PlanHash.Of(First), PlanHash.Of(Second));
    }

    [Fact]
    public void The_first_version_holds_from_the_start_of_an_assignment_and_later_ones_from_their_day()
    {
        var plan = CompPlan.Decider.Initial with
        {
            Versions =
            [
                new(1, "h1", First, new(2026, 3, 5, 9, 0, 0, TimeSpan.Zero), Guid.Empty),
                new(2, "h2", Second, new(2026, 6, 16, 9, 0, 0, TimeSpan.Zero), Guid.Empty),
            ],
        };
        var plans = Assigned((Id, "2026-01-01", null), (new("other"), "2026-08-01", "2026-09-01"));
        var terms = plans.Terms(id => id == Id ? plan : plan with { Versions = [plan.Versions[0]] }, BusinessCalendar.Utc);
        Assert.Equal(
            [
                ("base@1", "2026-01-01", "2026-06-16"), ("base@2", "2026-06-16", "2026-08-01"),
                ("other@1", "2026-08-01", "2026-09-01"),
            ],
            terms.Select(term => (term.Version.Name, $"{term.From:yyyy-MM-dd}", $"{term.To:yyyy-MM-dd}")));
    }

    [Fact]
    public void A_later_version_may_hold_from_before_the_day_of_the_first_publication()
    {
        var plan = CompPlan.Decider.Initial with
        {
            Versions =
            [
                new(2, "h2", Second, new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Guid.Empty),
                new(1, "h1", First, new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero), Guid.Empty),
            ],
        };
        Assert.Equal(
            [("base@1", "2026-01-01", "2026-03-01"), ("base@2", "2026-03-01", "")],
            Assigned((Id, "2026-01-01", null)).Terms(_ => plan, BusinessCalendar.Utc)
                .Select(term => (term.Version.Name, $"{term.From:yyyy-MM-dd}", $"{term.To:yyyy-MM-dd}")));
    }

    [Fact]
    public void A_later_assignment_goes_before_an_earlier_one_from_its_first_day()
    {
        var plans = Assigned((new("a"), "2026-03-01", null), (new("b"), "2026-01-01", "2026-02-01"), (new("c"), "2026-03-01", null));
        Assert.Equal(
            [null, "b", null, "c"],
            new[] { "2025-12-31", "2026-01-31", "2026-02-01", "2026-03-01" }.Select(day => plans.On(Day(day))?.PlanId.Value));
    }

    [Fact]
    public void Only_a_published_plan_in_its_currency_is_assigned()
    {
        var published = Evolve(Drafted(First), new CompPlanEvent.Published(1, "h", First));
        Decision<RepPlanEvent> Assign(CompPlan plan, string from = "2026-01-01", string? to = null, Money? target = null) =>
            AssignPlan.Decide(RepPlans.Decider.Initial, new(Id, plan, Day(from), to is null ? null : Day(to), target));
        Assert.Single(Assign(published, target: Usd(5_000)).Events);
        Assert.Equal("plan-unknown", Assign(CompPlan.Decider.Initial).Rejection!.Code);
        Assert.Equal("plan-not-published", Assign(Drafted(First)).Rejection!.Code);
        Assert.Equal("range-empty", Assign(published, to: "2026-01-01").Rejection!.Code);
        Assert.Equal("/targetVariable/currency", Assign(published, target: new Money(1, "EUR")).Rejection!.Pointer);
    }

    [Fact]
    public void A_rep_accepts_exactly_the_version_of_the_hash()
    {
        var plan = Evolve(Drafted(First), new CompPlanEvent.Published(1, "h1", First));
        var plans = Assigned((Id, "2026-01-01", null));
        Assert.Equal(
            [new RepPlanEvent.Accepted(Id, 1, "h1")], AcceptPlan.Decide(plans, new(Id, plan, null, "h1")).Events);
        Assert.Equal("hash-mismatch", AcceptPlan.Decide(plans, new(Id, plan, 1, "h2")).Rejection!.Code);
        Assert.Equal("plan-version-unknown", AcceptPlan.Decide(plans, new(Id, plan, 2, "h1")).Rejection!.Code);
        Assert.Equal("plan-not-assigned", AcceptPlan.Decide(Assigned(), new(Id, plan, 1, "h1")).Rejection!.Code);
    }

    [Fact]
    public void Lint_prices_cliffs_and_names_what_is_unbounded_or_falls()
    {
        var table = Rates(RateKind.Retroactive, RateUnit.Attainment, T(0, 0.05m), T(1, 0.08m), T(1.5m, 0.06m));
        var findings = PlanLint.Find(Monthly(Bookings(table)), quota: 100_000);
        Assert.Equal(
            [3_000, -3_000], findings.Where(finding => finding.Code == "cliff").Select(finding => finding.Amount!.Value));
        Assert.Equal(
            "/components/0/rates/tiers/2", findings.Single(finding => finding.Code == "non-monotone").Pointer);
        Assert.Contains(findings, finding => finding.Code == "unbounded");
        Assert.Contains(findings, finding => finding.Code == "boundary");
        var quiet = Monthly(Bookings(Flat(0.1m), new Caps(Period: 1)) with { AppliesTo = new CreditFilter(Kinds: ["revenue"]) });
        Assert.Empty(PlanLint.Find(quiet));
    }

    [Fact]
    public void Rates_come_from_the_files_of_the_central_bank_as_they_are()
    {
        string[] lines =
            ["Date,USD,CYP,", "2008-01-02,1.4688,N/A,", "2007-12-31,1.4721,0.585274,", "2007-12-28,N/A,N/A,", string.Empty];
        var (rates, fault) = EcbRates.Read(lines);
        Assert.Null(fault);
        Assert.Equal([new DatedRate(Day("2007-12-31"), 1.4721m), new(Day("2008-01-02"), 1.4688m)], rates["USD"]);
        Assert.Equal([new DatedRate(Day("2007-12-31"), 0.585274m), new(Day("2008-01-02"))], rates["CYP"]);
        foreach (var bad in new[] { "2008-01-02,1.4,", "2008-01-02,1.4,x,", "2008-01-02,-1,1,", "2007-12-31,1,1,", "02/01/2008,1,1," })
        {
            Assert.StartsWith("Line 4", EcbRates.Read([.. lines[..3], bad]).Fault!.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_corrected_rate_is_a_new_version_whatever_its_day()
    {
        var (january, february) = (Day("2026-01-01"), Day("2026-02-01"));
        var book = Quoted(RateBook.Decider.Initial, 2, new(january, 1.1m), new(february, 1.2m));
        Assert.Empty(QuoteRates.Decide(book, new([new(february, 1.2m)])).Events);
        Assert.Single(QuoteRates.Decide(book, new([new(february, 1.25m)])).Events);
        book = Quoted(book, 3, new DatedRate(february, 1.25m));
        book = Quoted(book, 1, new DatedRate(february, 9));
        Assert.Equal(
            [
                new FxQuote("EUR-USD@2026-01-01.2", "EUR", "USD", january, 1.1m),
                new FxQuote("EUR-USD@2026-02-01.3", "EUR", "USD", february, 1.25m),
            ],
            book.QuotesOf("EUR-USD"));
    }

    private static RateBook Quoted(RateBook book, long version, params DatedRate[] rates) =>
        RateBook.Decider.Evolve(book, Fact<RateEvent>(version, new RateEvent.Quoted([.. rates])));

    private static Fact<T> Fact<T>(long version, T @event) => new(Guid.Empty, version, default, default, @event);

    private static CompPlan Evolve(CompPlan state, CompPlanEvent @event) => CompPlan.Decider.Evolve(state, Fact(1, @event));

    private static CompPlan Drafted(Plan plan) => Evolve(CompPlan.Decider.Initial, new CompPlanEvent.Drafted(plan));

    private static RepPlans Assigned(params (PlanId Id, string From, string? To)[] assignments) => assignments.Aggregate(
        RepPlans.Decider.Initial,
        (state, given) => RepPlans.Decider.Evolve(state, Fact<RepPlanEvent>(1, new RepPlanEvent.Assigned(
            given.Id, Day(given.From), given.To is null ? null : Day(given.To), null))));
}
