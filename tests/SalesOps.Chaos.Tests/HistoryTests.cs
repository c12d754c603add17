using Xunit;

namespace SalesOps.Chaos.Tests;

/// <summary>The checker finds what a broken system would do: histories made up to be wrong in one place.</summary>
public sealed class HistoryTests
{
    private static readonly Entry[] log =
    [
        new(1, "deal/a", 1, "k1", "1"),
        new(2, "deal/b", 1, "k2", "2"),
        new(3, "deal/a", 2, "k3", "3"),
    ];

    [Fact]
    public void What_keeps_its_promises_passes() => Assert.Empty(Sound().Check(log));

    [Fact]
    public void A_lost_write_is_found() => Finds("lost: k3", Sound(), log[..2]);

    [Fact]
    public void A_doubled_write_is_found() => Finds("doubled: k1", Sound(), [.. log, new(4, "deal/a", 3, "k1", "1")]);

    [Fact]
    public void A_gap_in_the_log_is_found() => Finds("position 3 is 4", Sound(), [.. log[..2], log[2] with { Position = 4 }]);

    [Fact]
    public void A_gap_in_a_stream_is_found() => Finds("from version 1 to 3", Sound(), [.. log[..2], log[2] with { Version = 3 }]);

    [Fact]
    public void A_refused_write_that_is_there_is_found() =>
        Finds("was refused and is there", Sound(), [.. log, new(4, "deal/b", 2, "k4", "4")]);

    [Fact]
    public void An_unknown_write_may_be_there_once() => Assert.Empty(Sound().Check([.. log, new(4, "deal/b", 2, "k5", "5")]));

    [Fact]
    public void An_unknown_write_that_is_there_twice_is_found() =>
        Finds("doubled: k5", Sound(), [.. log, new(4, "deal/b", 2, "k5", "5"), new(5, "deal/b", 3, "k5", "5")]);

    [Fact]
    public void Another_position_than_was_answered_is_found()
    {
        var history = Sound();
        history.Add(new Write("k6", "deal/b", "6", null, 90, 95, Ending.Ok, 5, 2));
        Finds("another position", history, [.. log, new(4, "deal/b", 2, "k6", "6")]);
    }

    [Fact]
    public void A_later_write_that_stands_before_an_earlier_one_is_found()
    {
        var history = new History();
        history.Add(new Write("k1", "deal/a", "1", null, 30, 40, Ending.Ok, 1, 1));
        history.Add(new Write("k2", "deal/b", "2", null, 10, 20, Ending.Ok, 2, 1));
        history.Add(new Write("k3", "deal/a", "3", 1, 50, 60, Ending.Ok, 3, 2));
        Finds("k1 stands before", history, log);
    }

    [Fact]
    public void A_write_that_passed_over_its_version_is_found() =>
        Finds("bound to version 1 and made 3", Sound(), [.. log[..2], new(3, "deal/a", 2, null, "0"), new(4, "deal/a", 3, "k3", "3")]);

    [Fact]
    public void A_refusal_without_a_reason_is_found()
    {
        var history = Sound();
        history.Add(new Write("k6", "deal/a", "6", 2, 70, 80, Ending.Refused));
        Finds("while nobody had written after it", history, log);
    }

    [Fact]
    public void A_stale_read_is_found()
    {
        var history = Sound();
        history.Add(new Read(1, "deal/a", 70, 75, 1, "1"));
        Finds("stale", history, log);
    }

    [Fact]
    public void A_read_of_what_never_was_is_found()
    {
        var history = Sound();
        history.Add(new Read(1, "deal/b", 70, 75, 1, "3"));
        Finds("shows 3 at version 1", history, log);
    }

    [Fact]
    public void An_event_that_nobody_wrote_is_found() =>
        Finds("nobody wrote k9", Sound(), [.. log, new(4, "deal/b", 2, "k9", "9")]);

    private static History Sound()
    {
        var history = new History();
        history.Add(new Write("k1", "deal/a", "1", null, 10, 20, Ending.Ok, 1, 1));
        history.Add(new Write("k2", "deal/b", "2", null, 15, 30, Ending.Ok, 2, 1));
        history.Add(new Write("k3", "deal/a", "3", 1, 25, 40, Ending.Ok, 3, 2));
        history.Add(new Write("k4", "deal/a", "4", 1, 35, 50, Ending.Refused));
        history.Add(new Write("k5", "deal/b", "5", null, 50, 60, Ending.Unknown));
        history.Add(new Read(1, "deal/a", 45, 50, 2, "3"));
        return history;
    }

    private static void Finds(string what, History history, Entry[] log) =>
        Assert.Contains(history.Check(log), found => found.Contains(what, StringComparison.Ordinal));
}
