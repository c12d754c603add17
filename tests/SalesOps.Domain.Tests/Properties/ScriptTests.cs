using FsCheck;
using FsCheck.Fluent;
using SalesOps.Domain.Deals;
using Xunit;

namespace SalesOps.Domain.Tests.Properties;

/// <summary>The control of the properties: the scripts reach what the properties are about.</summary>
public sealed class ScriptTests
{
    [Fact]
    public void Scripts_write_every_kind_of_event_late_ones_and_corrections()
    {
        var logs = Gen.Sample(ArbMap.Default.GeneratorFor<Step[]>(), 40, new Rnd(1, 1), 300).Select(Scripts.OfDeals.Play).ToArray();
        var events = logs.SelectMany(log => log).ToArray();
        Assert.Empty(typeof(DealEvent).GetNestedTypes().Except(events.Select(fact => fact.Event.GetType())));
        Assert.Contains(events, fact => fact.Event is FactVoided);
        Assert.Contains(events, fact => fact is { Event: DealEvent, Voids: [_] });
        Assert.Contains(logs, log => log.Zip(log.Skip(1)).Any(pair => pair.Second.EffectiveAt < pair.First.EffectiveAt));
        Assert.Contains(logs, log => log.Zip(log.Skip(1)).Any(pair => pair.Second.EffectiveAt == pair.First.EffectiveAt));
        Assert.InRange(logs.Average(log => log.Count), 3, 50);
    }
}
