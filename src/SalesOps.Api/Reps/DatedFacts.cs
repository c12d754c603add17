using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary>Commands whose facts say themselves on which date they happened.</summary>
internal static class DatedFacts
{
    /// <summary>Runs a command that decides by all that is known of a rep, what is planned included.</summary>
    public static Task<IResult> RunDatedAsync(
        this CommandRunner commands, WriteRequest write, string repId, Func<Rep, Decision<RepEvent>> decide,
        CancellationToken cancellation) => commands.RunAsync(
            write, StreamKinds.Reps, repId,
            (timeline, _) => new(Judge(timeline, decide(timeline.Latest), write.Calendar)),
            location: null, cancellation);

    /// <summary>Holds what was decided against the whole history, each fact at its own time.</summary>
    /// <param name="replaced">A fact that they take the place of; null where there is none.</param>
    public static Verdict Judge(
        Timeline<Rep, RepEvent> timeline, Decision<RepEvent> decision, BusinessCalendar calendar, Guid? replaced = null)
    {
        var facts = decision.Events.Select(@event => (At: RepReplacement.NaturalTimeOf(@event, calendar)!.Value, @event)).ToArray();
        return (decision.Rejection ?? timeline.Refuse(facts, replaced)) is { } refusal
            ? Verdict.Refuse(refusal)
            : new(
                null,
                [
                    .. facts.Select((fact, index) => new NewFact(fact.@event, fact.At)
                    {
                        Voids = index == 0 && replaced is { } id ? [id] : [],
                    }),
                ]);
    }
}
