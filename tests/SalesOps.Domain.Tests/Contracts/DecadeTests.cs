using System.Globalization;
using SalesOps.Domain.Contracts;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Contracts;

/// <summary>
/// Ten years of contracts with up to fifteen renewals, amendments and notices recorded late and out of order: what governs
/// at random points of both times is what a plain recomputation of the papers known by then gives, day by day.
/// </summary>
public sealed class DecadeTests
{
    private static readonly BusinessCalendar Calendar = BusinessCalendar.Utc;
    private static readonly DateOnly First = new(2015, 1, 1);

    public static TheoryData<int> Seeds =>
    [
        1, 2, 3, 4,
        int.Parse(Environment.GetEnvironmentVariable("SALESOPS_SEED") ?? "0", CultureInfo.InvariantCulture) is var seed and not 0
            ? seed
            : Environment.ProcessId,
    ];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_governs_is_what_a_plain_recomputation_gives(int seed)
    {
        // A seed that failed is repeated by SALESOPS_SEED.
        var random = new Random(seed);
        var (points, renewals, refused) = (0, 0, 0);
        for (var contract = 0; contract < 20; contract++)
        {
            var (story, papers, renewalMonths) = Live(random, ref refused);
            renewals = Math.Max(renewals, story.Timeline.At(Calendar.EndOf(new(2025, 1, 1))).Terms.Count - 1);
            for (var point = 0; point < 50; point++)
            {
                var validOn = First.AddDays(random.Next(3700));
                var knownOn = First.AddDays(random.Next(3700));
                var expected = PlainPosition
                    .Of(papers.Where(paper => paper.RecordedOn <= knownOn), validOn, knownOn, renewalMonths).ToString();
                var state = story.Timeline.AsOf(Calendar.EndOf(validOn), Calendar.EndOf(knownOn));
                Assert.True(
                    expected == Shape(state), $"SALESOPS_SEED={seed}: {expected} is {Shape(state)} on {validOn:O} by {knownOn:O}");
                points++;
            }
        }

        Assert.Equal(1000, points);
        Assert.InRange(renewals, 8, 15);
    }

    /// <summary>The clock looks once a day in one copy and every ninth day in the other: in the end both say the same.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    [InlineData(2888)]
    public void A_clock_that_stood_still_for_days_says_what_a_daily_one_says(int seed)
    {
        var ignored = 0;
        for (var contract = 0; contract < 10; contract++)
        {
            var daily = Live(new Random(seed + contract), ref ignored).Story;
            var seldom = Live(new Random(seed + contract), ref ignored, days: 9).Story;
            seldom.Tick(Calendar.StartOf(new(2025, 2, 1)));
            Assert.Equal(Standing(daily), Standing(seldom));
            Assert.False(daily.Tick(Calendar.StartOf(new(2025, 2, 1))));
            Assert.False(seldom.Tick(Calendar.StartOf(new(2025, 2, 1))));
            AssertChain(daily.Timeline.Latest);
        }

        static IEnumerable<string> Standing(Story story) => story.Timeline.Facts.Where(fact => fact.Voided is null)
            .Select(fact => $"{fact.EffectiveAt:O} {fact.Event.GetType().Name}").Order(StringComparer.Ordinal);

        static void AssertChain(Contract contract) => Assert.All(
            contract.Terms.Zip(contract.Terms.Skip(1)), pair => Assert.True(pair.First.Term.End < pair.Second.Term.Start));
    }

    private static (Story Story, IReadOnlyList<PlainPaper> Papers, int RenewalMonths) Live(Random random, ref int refused, int days = 1)
    {
        var months = random.Next(4) == 0 ? 12 : random.Next(8, 25);
        var term = new Term(First, First.AddMonths(months).AddDays(-1));
        var drafted = new ContractEvent.Drafted(
            new("acme"), term, Usd(1000), random.Next(5) > 0, random.Next(0, 90), RenewalMonths: months,
            Clauses: [new(new("a"), "original"), new(new("b"), "original")]);
        var planned = Enumerable.Range(0, random.Next(4, 14)).Select(_ =>
        {
            var on = First.AddDays(random.Next(3600));
            var recordedOn = on.AddDays(random.Next(3) == 0 ? 0 : random.Next(400));
            return (RecordedOn: recordedOn, On: on, Kind: random.Next(12), Value: random.Next(100));
        }).OrderBy(plan => plan.RecordedOn).ToArray();

        var story = new Story();
        var papers = new List<PlainPaper>();
        Do(First, First, _ => Decision<ContractEvent>.Accept(drafted));
        Do(First, First, _ => Decision<ContractEvent>.Accept(new ContractEvent.Signed(First)));
        var next = 0;
        for (var day = 0; day < 3700; day++)
        {
            var today = First.AddDays(day);
            if (day % days == 0)
            {
                story.Tick(Calendar.StartOf(today));
            }

            for (; next < planned.Length && planned[next].RecordedOn <= today; next++)
            {
                var (_, on, kind, value) = planned[next];
                refused += Do(today, on, state => kind switch
                {
                    0 => GiveNotice.Decide(state, new(on, NoticeParty.Customer, NoticeKind.NonRenewal, null)),
                    1 => AmendContract.Decide(state, new(on, [], TermEnd: on.AddDays(30 + (value * 5)))),
                    2 => AmendContract.Decide(state, new(on, [], Value: Usd(500 + value))),
                    3 when value < 20 => TerminateContract.Decide(state, new(on, "price")),
                    _ => AmendContract.Decide(state, new(on, [new(new(value % 2 == 0 ? "a" : "b"), $"amended {value}")])),
                }) ? 0 : 1;
            }
        }

        return (story, papers, months);

        bool Do(DateOnly today, DateOnly on, Func<Contract, Decision<ContractEvent>> decide)
        {
            var before = story.Log.Count;
            story.Do(Calendar.StartOf(today), Calendar.StartOf(on), decide);
            if (story.Log.Count == before)
            {
                return false;
            }

            papers.Add(new(today, papers.Count, on, (ContractEvent)story.Log[before].Event));
            return true;
        }
    }

    private static string Shape(Contract contract) => contract.Status == ContractStatus.None
        ? "none"
        : new PlainPosition(
            EnumName<ContractStatus>.Of(contract.Status), contract.Term!.Start, contract.Term.End, contract.Value!.Value.Amount,
            LegalPosition.ClausesOf(contract).Select(clause => (clause.Clause.Key.Value, clause.Clause.Value))).ToString();
}
