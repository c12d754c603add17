using FsCheck.Fluent;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Reps;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Properties;

/// <summary>What holds of every history that commands and corrections can write, of every kind of stream.</summary>
public abstract class HistoryProperties<TState, TEvent>
    where TEvent : class
{
    private static readonly DateTimeOffset Always = DateTimeOffset.MaxValue;

    private readonly Script<TState, TEvent> _script;
    private readonly IReadOnlySet<Type> _repeating;

    private protected HistoryProperties(Script<TState, TEvent> script, IReadOnlySet<Type>? repeating = null)
    {
        _script = script;
        _repeating = repeating ?? new HashSet<Type>();
    }

    [Fact]
    public void A_timeline_does_not_depend_on_how_its_events_came() => Prop.ForAll<Step[], byte[]>((steps, sizes) =>
    {
        var log = _script.Play(steps);
        var whole = TimelineOf(log);
        var rest = log.AsEnumerable();
        var inParts = sizes.Aggregate(TimelineOf([]), (timeline, size) =>
        {
            var next = timeline.With([.. rest.Take(size % 4)]);
            rest = rest.Skip(size % 4);
            return next;
        }).With([.. rest]);

        Assert.Equal(whole.Version, inParts.Version);
        AssertSame(whole.Latest, inParts.Latest);
        Assert.Equal(whole.Facts.Select(Shape), inParts.Facts.Select(Shape));
    }).Check();

    [Fact]
    public void State_as_of_two_times_is_what_a_recomputation_gives() => Prop.ForAll<Step[]>(steps =>
    {
        var log = _script.Play(steps);
        var timeline = TimelineOf(log);
        foreach (var validAt in Enumerable.Range(0, 9).Select(day => Day(1).AddDays(day).AddMicroseconds(-1)).Append(Always))
        {
            foreach (var knownAt in log.Select(fact => fact.RecordedAt).Append(Spec.RecordedAt(0)))
            {
                AssertSame(Recomputed(log, validAt, knownAt), timeline.AsOf(validAt, knownAt));
            }

            AssertSame(Recomputed(log, validAt, Always), timeline.At(validAt));
        }

        AssertSame(Recomputed(log, Always, Always), timeline.Latest);
    }).Check();

    [Fact]
    public void The_states_of_a_knowledge_are_its_states_as_of_each_fact() => Prop.ForAll<Step[]>(steps =>
    {
        var log = _script.Play(steps);
        var timeline = TimelineOf(log);
        foreach (var knownAt in log.Select(fact => fact.RecordedAt))
        {
            // Of several facts of one instant only the last state is one that held.
            foreach (var step in timeline.StatesKnownAt(knownAt).GroupBy(step => step.Fact.EffectiveAt).Select(same => same.Last()))
            {
                AssertSame(timeline.AsOf(step.Fact.EffectiveAt, knownAt), step.State);
            }
        }
    }).Check();

    [Fact]
    public void A_command_that_was_accepted_comes_to_nothing_when_it_is_repeated() => Prop.ForAll<Step[], Step>((steps, step) =>
    {
        var timeline = TimelineOf(_script.Play(steps));
        var first = _script.Decide(timeline, step);
        if (first.Events.Any(@event => _repeating.Contains(@event.GetType())))
        {
            return;
        }

        var second = _script.Decide(timeline.With(Pending(timeline, step, first)), step);
        Assert.Equal((0, first.Rejection), (second.Events.Count, second.Rejection));
    }).Check();

    [Fact]
    public void Whatever_was_accepted_is_a_possible_history_from_its_beginning() => Prop.ForAll<Step[], Step>((steps, step) =>
    {
        var timeline = TimelineOf(_script.Play(steps));
        var decided = timeline.With(Pending(timeline, step, _script.Decide(timeline, step)));
        var state = _script.Decider.Initial;
        foreach (var fact in decided.Facts.Where(fact => fact.Voided is null))
        {
            Assert.Null(_script.Decider.Admit(state, fact.Event));
            state = _script.Decider.Evolve(state, fact);
        }
    }).Check();

    [Fact]
    public void The_present_comes_after_all_of_today_that_is_known() => Prop.ForAll<Step[], byte, byte>((steps, day, hour) =>
    {
        var timeline = TimelineOf(_script.Play(steps));
        var (now, endOfToday) = (Day(1 + (day % 8)).AddHours(hour % 24), EndOf(1 + (day % 8)));
        var present = timeline.PresentAt(now, endOfToday);
        Assert.InRange(present, now, endOfToday);
        AssertSame(timeline.At(endOfToday), timeline.At(present));
    }).Check();

    [Fact]
    public void Every_event_is_read_as_it_was_written() => Prop.ForAll<Step[]>(steps => Assert.All(
        _script.Play(steps).Select(fact => fact.Event),
        @event => Assert.Equal(@event, EventCatalog.Decode(EventCatalog.NameOf(@event), EventCatalog.Encode(@event))))).Check();

    private protected abstract void AssertSame(TState expected, TState actual);

    /// <summary>The definition of RULES R0, word by word.</summary>
    private TState Recomputed(IReadOnlyList<Fact<object>> log, DateTimeOffset validAt, DateTimeOffset knownAt)
    {
        var known = log.Where(fact => fact.RecordedAt <= knownAt).ToArray();
        var voided = known.SelectMany(fact => fact.Voids).ToHashSet();
        return known
            .Where(fact => fact.EffectiveAt <= validAt && !voided.Contains(fact.Id) && fact.Event is TEvent)
            .OrderBy(fact => (fact.EffectiveAt, fact.Version))
            .Select(fact => new Fact<TEvent>(fact.Id, fact.Version, fact.EffectiveAt, fact.RecordedAt, (TEvent)fact.Event))
            .Aggregate(_script.Decider.Initial, _script.Decider.Evolve);
    }

    private static Fact<object>[] Pending(Timeline<TState, TEvent> timeline, Step step, Decision<TEvent> decision) =>
    [
        .. decision.Events.Select(@event => new Fact<object>(
            Spec.FactId(timeline.Version + 1), timeline.Version + 1, step.At, DateTimeOffset.MaxValue, @event)),
    ];

    private Timeline<TState, TEvent> TimelineOf(IReadOnlyList<Fact<object>> log) =>
        Timeline<TState, TEvent>.Empty(_script.Decider).With(log);

    private static (Guid, long, DateTimeOffset, DateTimeOffset, TEvent, Voiding?) Shape(Fact<TEvent> fact) =>
        (fact.Id, fact.Version, fact.EffectiveAt, fact.RecordedAt, fact.Event, fact.Voided);
}

public sealed class DealHistoryProperties() : HistoryProperties<Deal, DealEvent>(Scripts.OfDeals, Scripts.DealEventsThatRepeat)
{
    private protected override void AssertSame(Deal expected, Deal actual)
    {
        Assert.Equal(expected.Splits.AsEnumerable(), actual.Splits);
        Assert.Equal(expected.Products.AsEnumerable(), actual.Products);
        Assert.Equal(expected.Visits.AsEnumerable(), actual.Visits);
        Assert.Equal(
            expected with { Splits = [], Products = [], Visits = [] }, actual with { Splits = [], Products = [], Visits = [] });
    }
}

public sealed class RepHistoryProperties() : HistoryProperties<Rep, RepEvent>(Scripts.OfReps)
{
    private protected override void AssertSame(Rep expected, Rep actual) => Assert.Equal(expected, actual);
}

public sealed class AccountHistoryProperties() : HistoryProperties<Account, AccountEvent>(Scripts.OfAccounts)
{
    private protected override void AssertSame(Account expected, Account actual) => Assert.Equal(expected, actual);
}

public sealed class PipelineHistoryProperties() : HistoryProperties<Pipeline, PipelineEvent>(Scripts.OfPipelines)
{
    private protected override void AssertSame(Pipeline expected, Pipeline actual)
    {
        Assert.Equal(expected.Stages.AsEnumerable(), actual.Stages);
        Assert.Equal(expected with { Stages = [] }, actual with { Stages = [] });
    }
}
