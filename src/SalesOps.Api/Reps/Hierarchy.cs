using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary>Keeps the organisation a tree: at no time does anybody report to themselves, over others or not.</summary>
internal static class Hierarchy
{
    /// <summary>
    /// The verdict on one rep, or its refusal where it would close a circle. Each manager that is read becomes a guard, so
    /// that two moves at once can't close one either.
    /// </summary>
    /// <param name="timeline">The rep as recorded.</param>
    /// <param name="pointer">Where the request says what closes the circle.</param>
    public static async ValueTask<Verdict> WithoutCircleAsync(
        this StreamSession session, RepId id, Timeline<Rep, RepEvent> timeline, Verdict verdict, string pointer,
        CancellationToken cancellation)
    {
        var voided = verdict.Facts.SelectMany(fact => fact.Voids).Select(timeline.Find).OfType<Fact<RepEvent>>();
        var moves = verdict.Facts.Select(fact => (fact.EffectiveAt, fact.Event))
            .Concat(voided.Select(fact => (fact.EffectiveAt, Event: (object)fact.Event)))
            .Where(fact => fact.Event is RepEvent.Registered or RepEvent.ManagerChanged)
            .ToArray();
        if (moves is [])
        {
            return verdict;
        }

        var line = new ReportingLine(id, verdict.After(timeline), moves.Min(fact => fact.EffectiveAt));
        while (line.Next is { } manager)
        {
            line.WalkOn(await session.ReadAsync(StreamKinds.Reps, manager.Value, cancellation));
        }

        return line.Refusal is { } refusal ? Verdict.Refuse(refusal with { Pointer = pointer }) : verdict;
    }
}
