using FsCheck;
using FsCheck.Fluent;
using SalesOps.Domain.Facts;
using Xunit;

namespace SalesOps.Domain.Tests.Facts;

public sealed class FactHistoryTests
{
    private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Decider<string, Painted> Decider = new("none", (_, fact) => fact.Event.Colour, (_, _) => null);

    [Fact]
    public void A_fact_in_order_closes_the_last_row_and_opens_two()
    {
        var story = new Story();
        story.Append(1, new Step(1, "red"));
        var closed = story.Append(2, new Step(5, "blue"));

        Assert.Equal([Row(1, null, 1, 2, "red")], closed);
        Assert.Equal([Row(1, 5, 2, null, "red"), Row(5, null, 2, null, "blue")], story.Current);
    }

    [Fact]
    public void A_fact_that_changes_nothing_closes_nothing()
    {
        var story = new Story();
        story.Append(1, new Step(1, "red"));

        Assert.Empty(story.Append(2, new Step(5, "red")));
        Assert.Equal([Row(1, null, 1, null, "red")], story.Current);
    }

    [Fact]
    public void Of_several_facts_at_one_instant_the_last_counts()
    {
        var story = new Story();
        story.Append(1, new Step(1, "red"), new Step(1, "blue"), new Step(3, "green"), new Step(3, "blue"));

        Assert.Equal([Row(1, null, 1, null, "blue")], story.Current);
    }

    [Fact]
    public void A_late_fact_leaves_the_rows_before_and_after_its_own_as_they_were()
    {
        var story = new Story();
        story.Append(1, new Step(1, "red"), new Step(3, "blue"), new Step(7, "green"));
        var closed = story.Append(2, new Step(5, "white"));

        Assert.Equal([Row(3, 7, 1, 2, "blue")], closed);
        Assert.Equal(
            [
                Row(1, 3, 1, null, "red"), Row(3, 5, 2, null, "blue"), Row(5, 7, 2, null, "white"),
                Row(7, null, 1, null, "green"),
            ],
            story.Current);
    }

    [Fact]
    public void A_voided_fact_is_gone_from_the_recorded_time_on_and_its_neighbours_merge()
    {
        var story = new Story();
        story.Append(1, new Step(1, "red"));
        story.Append(2, new Step(5, "blue"));
        var closed = story.Append(3, new Step(Voids: 2));

        Assert.Equal([Row(1, 5, 2, 3, "red"), Row(5, null, 2, 3, "blue")], closed);
        Assert.Equal([Row(1, null, 3, null, "red")], story.Current);
    }

    [Fact]
    public void A_replacement_at_another_time_moves_the_row()
    {
        var story = new Story();
        story.Append(1, new Step(1, "red"), new Step(5, "blue"));
        story.Append(2, new Step(4, "blue", Voids: 2));

        Assert.Equal([Row(1, 4, 2, null, "red"), Row(4, null, 2, null, "blue")], story.Current);
    }

    [Fact]
    public void A_state_that_keeps_nothing_leaves_a_gap()
    {
        var story = new Story();
        story.Append(1, new Step(1, "red"), new Step(3, "none"), new Step(5, "red"));

        Assert.Equal([Row(1, 3, 1, null, "red"), Row(5, null, 1, null, "red")], story.Current);
    }

    [Fact]
    public void The_rows_known_at_any_instant_are_the_timeline_as_it_was_known_then() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(Scripts().ToArbitrary(), script =>
            {
                var story = new Story();
                for (var append = 0; append < script.Length; append++)
                {
                    story.Append(append + 1, script[append]);
                }

                for (var knownAt = 0; knownAt <= script.Length; knownAt++)
                {
                    for (var validAt = -1; validAt <= 8; validAt++)
                    {
                        var row = story.KnownAt(At(knownAt))
                            .SingleOrDefault(row => row.ValidFrom <= At(validAt) && At(validAt) < row.ValidTo).Row;
                        Assert.Equal(story.Expected(validAt, knownAt), row);
                    }
                }
            }));

    [Fact]
    public void Rows_known_at_one_instant_are_apart_and_neighbours_differ() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(Scripts().ToArbitrary(), script =>
            {
                var story = new Story();
                for (var append = 0; append < script.Length; append++)
                {
                    story.Append(append + 1, script[append]);
                    foreach (var (row, next) in story.Current.Zip(story.Current.Skip(1)))
                    {
                        Assert.True(row.ValidFrom < row.ValidTo);
                        Assert.True(row.ValidTo < next.ValidFrom || (row.ValidTo == next.ValidFrom && row.Row != next.Row));
                    }
                }

                // What is closed and what is opened at one instant never say the same: such a row would simply stay.
                Assert.DoesNotContain(
                    story.All, row => story.All.Any(other => row.KnownTo == other.KnownFrom && row.SaysTheSameAs(other)));
            }));

    private static Gen<Step[][]> Scripts()
    {
        var steps =
            from at in Gen.Choose(0, 7)
            from colour in Gen.Elements<string?>("red", "blue", "none", null)
            from voids in Gen.Choose(-8, 8)
            select new Step(at, colour, voids);
        return steps.NonEmptyListOf().Select(list => list.Take(3).ToArray()).ListOf()
            .Select(list => list.Take(6).ToArray());
    }

    private static DateTimeOffset At(int? day) => day is { } days ? Origin.AddDays(days) : DateTimeOffset.MaxValue;

    private static KnownRow<string> Row(int from, int? to, int knownFrom, int? knownTo, string colour) =>
        new(At(from), At(to), At(knownFrom), At(knownTo), colour);

    private sealed record Painted(string Colour);

    /// <summary>A fact, a voiding of the fact of that version, or both.</summary>
    private sealed record Step(int At = 0, string? Colour = null, int Voids = 0);

    /// <summary>The same appends in a history and in a timeline, which answers what must come out.</summary>
    private sealed class Story
    {
        private readonly FactHistory<string, Painted, string> _history = new(Decider, state => state == "none" ? null : state);
        private readonly List<KnownRow<string>> _closed = [];
        private Timeline<string, Painted> _timeline = Timeline<string, Painted>.Empty(Decider);
        private int _version;

        public IReadOnlyList<KnownRow<string>> Current => _history.Current;

        public IEnumerable<KnownRow<string>> All => [.. _closed, .. _history.Current];

        public IReadOnlyList<KnownRow<string>> Append(int recordedAt, params Step[] steps)
        {
            var append = new List<Fact<object>>();
            foreach (var step in steps)
            {
                object @event = step.Colour is { } colour ? new Painted(colour) : new FactVoided();
                append.Add(new(Id(++_version), _version, At(step.At), At(recordedAt), @event)
                {
                    Voids = step.Voids > 0 && step.Voids < _version ? [Id(step.Voids)] : [],
                });
            }

            _timeline = _timeline.With(append);
            var closed = _history.Learn(At(recordedAt), append);
            _closed.AddRange(closed);
            return closed;
        }

        public IEnumerable<KnownRow<string>> KnownAt(DateTimeOffset knownAt) =>
            All.Where(row => row.KnownFrom <= knownAt && knownAt < row.KnownTo);

        public string? Expected(int validAt, int knownAt) =>
            _timeline.AsOf(At(validAt), At(knownAt)) is var state && state == "none" ? null : state;

        private static Guid Id(int version) => new(version, 0, 0, new byte[8]);
    }
}
