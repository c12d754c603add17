using SalesOps.Domain.Contracts;
using SalesOps.Testing;

namespace SalesOps.Domain.Tests.Contracts;

/// <summary>A contract that lives: commands and the clock record on it as the API does.</summary>
internal sealed class Story
{
    private static readonly BusinessCalendar Calendar = BusinessCalendar.Utc;

    public Timeline<Contract, ContractEvent> Timeline { get; private set; } = Timeline<Contract, ContractEvent>.Empty(Contract.Decider);

    /// <summary>Everything that was recorded, in that order.</summary>
    public List<Fact<object>> Log { get; } = [];

    public static DateTimeOffset At(int year, int month, int day) => Calendar.StartOf(new(year, month, day));

    /// <summary>Whether the command was accepted; it is recorded at a time with what it moves of what the clock says.</summary>
    public Rejection? Do(DateTimeOffset now, DateTimeOffset at, Func<Contract, Decision<ContractEvent>> decide)
    {
        var decision = ContractClock.Judge(Timeline, at, decide(ContractClock.StateFor(Timeline, at, Calendar)), Calendar);
        if (decision.Events is [var @event])
        {
            var settlement = ContractClock.Settle(ContractClock.With(Timeline, at, @event), now, Calendar);
            Record(now, [(at, @event, []), .. Facts(settlement)]);
        }

        return decision.Rejection;
    }

    /// <summary>The clock looks at the contract; whether it had something to say.</summary>
    public bool Tick(DateTimeOffset now)
    {
        var settlement = ContractClock.Settle(Timeline, now, Calendar);
        if (!settlement.IsEmpty)
        {
            Record(now, [.. Facts(settlement)]);
        }

        return !settlement.IsEmpty;
    }

    public Contract On(int year, int month, int day) => Timeline.At(Calendar.EndOf(new(year, month, day)));

    private static IEnumerable<(DateTimeOffset, object, IReadOnlyList<Guid>)> Facts(ContractClock.Settlement settlement) =>
    [
        .. settlement.Stale is [var first, ..] stale
            ? [(first.EffectiveAt, new FactVoided(), stale.Select(fact => fact.Id).ToArray())]
            : Array.Empty<(DateTimeOffset, object, IReadOnlyList<Guid>)>(),
        .. settlement.Missing.Select(tick => (tick.EffectiveAt, (object)tick.Event, (IReadOnlyList<Guid>)[])),
    ];

    private void Record(DateTimeOffset now, IReadOnlyList<(DateTimeOffset At, object Event, IReadOnlyList<Guid> Voids)> facts)
    {
        Fact<object>[] recorded =
        [
            .. facts.Select((fact, index) =>
            {
                var version = Timeline.Version + 1 + index;
                return new Fact<object>(Spec.FactId(version), version, fact.At, now, fact.Event) { Voids = fact.Voids };
            }),
        ];
        Log.AddRange(recorded);
        Timeline = Timeline.With(recorded);
    }
}
