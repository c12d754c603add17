using FsCheck.Fluent;
using SalesOps.Domain.Reps;
using SalesOps.Domain.Tests.Properties;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Reps;

/// <summary>Nobody comes to report to themselves: whatever moves, however late it is recorded, at any time.</summary>
public sealed class ReportingLineTests
{
    private static readonly RepId[] Reps = [.. Enumerable.Range(0, 5).Select(number => new RepId($"r{number}"))];

    [Fact]
    public void No_moves_in_any_order_ever_close_a_circle() => Prop.ForAll<(byte, byte, byte)[]>(moves =>
        Assert.False(HasCircle(Play(moves, isGuarded: true)))).Check();

    [Fact]
    public void Control_without_the_walk_moves_close_circles()
    {
        (byte, byte, byte)[] moves = [(0, 1, 1), (1, 0, 2)];
        Assert.True(HasCircle(Play(moves, isGuarded: false)));
        Assert.False(HasCircle(Play(moves, isGuarded: true)));
    }

    [Fact]
    public void A_move_that_is_possible_at_its_time_may_close_a_circle_later()
    {
        // r1 comes under r0 on day 5; so r0 can't have been under r1 from day 2 on.
        Assert.Equal("manager-cycle", Refusal(Play([(1, 0, 5)], isGuarded: true), Reps[0], Reps[1], Day(2))?.Code);
        Assert.Null(Refusal(Play([(1, 0, 5), (1, 5, 5)], isGuarded: true), Reps[0], Reps[1], Day(2)));
    }

    [Fact]
    public void A_line_is_not_endless()
    {
        var tall = Enumerable.Range(0, ReportingLine.LevelsMax).ToDictionary(
            level => new RepId($"m{level}"), level => Under(new RepId($"m{level + 1}")));
        Assert.Equal("manager-line-too-long", Refusal(tall, Reps[0], new RepId("m0"), Day(2))?.Code);
        Assert.Null(Refusal(tall, Reps[0], new RepId("m1"), Day(2)));
    }

    /// <summary>Moves of one rep under another, or under nobody, from one of a few days on.</summary>
    private static Dictionary<RepId, Timeline<Rep, RepEvent>> Play((byte, byte, byte)[] moves, bool isGuarded)
    {
        var reps = Reps.ToDictionary(id => id, _ => Under(null));
        foreach (var (rep, manager, day) in moves)
        {
            var id = Reps[rep % Reps.Length];
            RepId? above = manager % (Reps.Length + 1) == Reps.Length ? null : Reps[manager % (Reps.Length + 1)];
            var at = Day(1 + (day % 8));
            if (above != id && (!isGuarded || Refusal(reps, id, above, at) is null))
            {
                reps[id] = Moved(reps[id], above, at);
            }
        }

        return reps;
    }

    private static Rejection? Refusal(
        Dictionary<RepId, Timeline<Rep, RepEvent>> reps, RepId id, RepId? manager, DateTimeOffset at)
    {
        var line = new ReportingLine(id, Moved(reps.GetValueOrDefault(id, Under(null)), manager, at), at);
        while (line.Next is { } next)
        {
            line.WalkOn(reps.GetValueOrDefault(next, Under(null)));
        }

        return line.Refusal;
    }

    private static bool HasCircle(Dictionary<RepId, Timeline<Rep, RepEvent>> reps) => Enumerable.Range(1, 8).Any(day => Reps.Any(id =>
    {
        var above = reps[id].At(Day(day)).Profile?.ManagerId;
        for (var level = 0; above is { } manager && manager != id && level < Reps.Length; level++)
        {
            above = reps[manager].At(Day(day)).Profile?.ManagerId;
        }

        return above == id;
    }));

    private static Timeline<Rep, RepEvent> Under(RepId? manager) => Spec.For(Rep.Decider)
        .Given((Day(1), new RepEvent.Registered(new("Somebody", ManagerId: manager)))).Timeline;

    private static Timeline<Rep, RepEvent> Moved(Timeline<Rep, RepEvent> rep, RepId? manager, DateTimeOffset at) => rep.With(
    [
        new(Spec.FactId(rep.Version + 1), rep.Version + 1, at, Spec.RecordedAt(rep.Version + 1), new RepEvent.ManagerChanged(manager)),
    ]);
}
