using System.Globalization;
using SalesOps.Domain.Ledger;
using Xunit;
using Xunit.Sdk;

namespace SalesOps.Domain.Tests.Ledger.Simulation;

/// <summary>
/// Whatever happens in a business, in whatever order it is learned: journals balance, what is posted is what the plans come
/// to, closed months stay as they are, and the same log gives the same ledger.
/// </summary>
public sealed class SimulationTests
{
    private const int Steps = 60;
    private const int Seeds = 20;
    private const string Variable = "SALESOPS_SEED";

    [Fact]
    public void Twenty_fixed_businesses_keep_their_promises() => Run(Enumerable.Range(1, Seeds));

    [Fact]
    public void Twenty_fresh_businesses_keep_their_promises()
    {
        var first = Environment.GetEnvironmentVariable(Variable) is { } seed
            ? int.Parse(seed, CultureInfo.InvariantCulture)
            : Environment.TickCount & 0xFFFFFF;
        Run(Enumerable.Range(first, Seeds));
    }

    [Fact]
    public void Control_a_line_that_was_changed_is_found()
    {
        var simulation = new Business(1);
        for (var step = 0; step < Steps; step++)
        {
            simulation.Step();
            simulation.Company.Post(simulation.Today);
        }

        var line = simulation.Company.Lines.First(posted => posted.Source == JournalSource.Calculation);
        var stray = new LedgerEvent.JournalPosted(
            JournalSource.Calculation, line.RepId, line.OriginPeriod, line.OriginPeriod,
            Period.Find(line.OriginPeriod)!.Value.From, [JournalLine.Of(PostingKind.Earned, line.Line.On, new(0.01m, "USD"), "stray")]);
        Assert.True(simulation.Company.Ledgers.TryDecide(
            RepLedger.IdOf(line.RepId, line.OriginPeriod), DateTimeOffset.UnixEpoch, state => RepLedger.Post(state, stray)));
        Assert.ThrowsAny<XunitException>(() => PostedIsRecomputed(simulation));
    }

    private static void Run(IEnumerable<int> seeds) => Parallel.ForEach(
        seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var simulation = new Business(seed);
            try
            {
                Run(simulation);
            }
            catch (Exception failure)
            {
                throw new XunitException(
                    $"{Variable}={seed} repeats it, after '{simulation.Last}' on {simulation.Today:yyyy-MM-dd}: {failure.Message}",
                    failure);
            }
        });

    private static void Run(Business simulation)
    {
        var company = simulation.Company;
        var sealedTotals = new Dictionary<string, AccountTotal[]>(StringComparer.Ordinal);
        for (var step = 0; step < Steps; step++)
        {
            simulation.Step();
            company.Post(simulation.Today);

            Assert.Equal(0, company.Post(simulation.Today));
            Assert.All(
                company.Lines.GroupBy(line => line.Line.Amount.Currency),
                same => Assert.Equal(0, same.SelectMany(line => line.Line.Postings).Sum(posting => posting.Amount)));
            SealedIsUnchanged(company, sealedTotals);
            if (step % 10 == 0)
            {
                PostedIsRecomputed(simulation);
            }
        }

        PostedIsRecomputed(simulation);
        StatementsAddUp(company);
        var again = company.Replayed();
        Assert.Equal(company.Lines.ToArray(), again.Lines.ToArray());
        Assert.Equal(0, again.Post(simulation.Today));
    }

    private static void SealedIsUnchanged(Company company, Dictionary<string, AccountTotal[]> before)
    {
        foreach (var month in company.Periods.Ids.Where(id => company.Periods[id].Latest.Status == PeriodStatus.Sealed))
        {
            AccountTotal[] now = [.. Totals.Of(company, Period.Find(month)!.Value)];
            Assert.Equal(before.TryAdd(month, now) ? now : before[month], now);
            Assert.Equal(now, company.Periods[month].Latest.Seal!.Totals);
        }
    }

    /// <summary>The lines of each thing sum to what the plans come to now, whenever and wherever they were posted.</summary>
    private static void PostedIsRecomputed(Business simulation)
    {
        foreach (var rep in simulation.Company.Terms.Keys)
        {
            var posted = Sums(simulation.Company.LinesOf(rep)
                .Where(line => line.Source == JournalSource.Calculation).Select(line => line.Line));
            var target = Sums(simulation.Company.TargetOf(rep, simulation.Today).SelectMany(month => month));
            Assert.Equal(target, posted);
        }
    }

    private static SortedDictionary<string, decimal> Sums(IEnumerable<JournalLine> lines) => new(
        lines.GroupBy(line => line.Key)
            .Select(same => (Key: same.Key.ToString(), Sum: same.Sum(line => line.Amount.Amount)))
            .Where(same => same.Sum != 0)
            .ToDictionary(same => same.Key, same => same.Sum, StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>Month after month: what one closes with, the next opens with.</summary>
    private static void StatementsAddUp(Company company)
    {
        foreach (var rep in company.Terms.Keys)
        {
            PostedLine[] lines = [.. company.LinesOf(rep)];
            if (lines is [])
            {
                continue;
            }

            var sums = new Dictionary<LedgerAccount, decimal>();
            var months = new Period(lines.Min(line => line.PostedOn), lines.Max(line => line.PostedOn).AddDays(1)).Months();
            foreach (var month in months)
            {
                PostedLine[] own = [.. lines.Where(line => month.Contains(line.PostedOn))];
                var statement = Statement.Of("USD", own, sums);
                Assert.Equal(statement.Closing.Due - statement.Opening.Due, statement.Payable - statement.PaidOut);
                foreach (var posting in own.SelectMany(line => line.Line.Postings))
                {
                    sums[posting.Account] = sums.GetValueOrDefault(posting.Account) + posting.Amount;
                }

                Assert.Equal(statement.Closing, Balances.Of(sums));
            }
        }
    }
}
