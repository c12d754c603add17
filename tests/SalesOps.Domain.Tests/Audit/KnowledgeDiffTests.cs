using FsCheck.Fluent;
using SalesOps.Domain.Audit;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Tests.Properties;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Audit;

public sealed class KnowledgeDiffTests
{
    private static readonly Period Days = new(Date(1), Date(3));

    [Fact]
    public void The_causes_add_up_to_the_difference() => Prop.ForAll<Step[], byte, byte>((steps, from, to) =>
    {
        var log = Scripts.OfDeals.Play(steps);
        var timeline = Timeline<Deal, DealEvent>.Empty(Deal.Decider).With(log);
        var knownFrom = Spec.RecordedAt(Math.Min(from, to) % (log.Count + 1));
        var knownTo = Spec.RecordedAt(Math.Max(from, to));
        foreach (var validAt in Enumerable.Range(1, 9).Select(day => Day(day)))
        {
            foreach (var shareOf in (Func<Deal, DealShare>[])[DealShare.OfPipeline, deal => DealShare.OfBookings(deal, Days)])
            {
                var causes = KnowledgeDiff.Of(log, validAt, knownFrom, knownTo, shareOf).ToArray();
                var before = shareOf(timeline.AsOf(validAt, knownFrom));
                var after = shareOf(timeline.AsOf(validAt, knownTo));
                Assert.Equal(after.Deals - before.Deals, causes.Sum(cause => cause.Deals));
                foreach (var currency in (string[])["USD", "EUR"])
                {
                    Assert.Equal(
                        In(currency, after.Amount) - In(currency, before.Amount),
                        causes.SelectMany(cause => cause.Amounts).Sum(amount => In(currency, amount)));
                }

                Assert.All(causes, cause => Assert.NotEqual(cause.Before, cause.After));
            }
        }
    }).Check();

    private static decimal In(string currency, Money? amount) => amount is { } money && money.Currency == currency ? money.Amount : 0;
}
