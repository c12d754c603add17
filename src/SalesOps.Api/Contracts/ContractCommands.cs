using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary>
/// Commands on contracts. They are decided on the history as the clock completes it, and what they change of what the
/// clock says is recorded with them: no moment in between shows a contract that nobody had.
/// </summary>
internal sealed class ContractCommands(CommandRunner commands)
{
    /// <summary>Runs a command that needs nothing but the state at its time.</summary>
    /// <param name="effectiveAt">Given all that is known of the contract; the present where that is null.</param>
    public Task<IResult> RunAsync(
        WriteRequest write, string contractId, Func<Contract, DateTimeOffset?> effectiveAt,
        Func<Contract, DateTimeOffset, Decision<ContractEvent>> decide, CancellationToken cancellation) => RunAsync(
        write, contractId, location: null, effectiveAt, (state, at, _) => new(decide(state, at)), cancellation);

    /// <summary>Runs a command that reads other streams too.</summary>
    /// <param name="location">For a creation: where the new resource is.</param>
    public Task<IResult> RunAsync(
        WriteRequest write, string contractId, string? location, Func<Contract, DateTimeOffset?> effectiveAt,
        Func<Contract, DateTimeOffset, StreamSession, ValueTask<Decision<ContractEvent>>> decide,
        CancellationToken cancellation) => commands.RunAsync(
        write, StreamKinds.Contracts, contractId,
        async (timeline, session) =>
        {
            var endOfToday = write.Calendar.EndOf(write.Calendar.DateOf(write.ReceivedAt));
            var at = effectiveAt(timeline.Latest) ?? timeline.PresentAt(write.ReceivedAt, endOfToday);
            var decision = await decide(ContractClock.StateFor(timeline, at, write.Calendar), at, session);
            return ContractClock.Judge(timeline, at, decision, write.Calendar) switch
            {
                { Events: [var @event] } => new Verdict(null,
                [
                    new(@event, at),
                    .. Facts(ContractClock.Settle(
                        ContractClock.With(timeline, at, @event), write.ReceivedAt, write.Calendar), NameOf(@event)),
                ]),
                var refused => Verdict.Of(refused, at),
            };
        },
        location, cancellation);

    /// <summary>The facts that settle what the clock says.</summary>
    /// <param name="cause">What it was learned by that earlier ones do not hold.</param>
    public static IEnumerable<NewFact> Facts(ContractClock.Settlement settlement, string cause)
    {
        if (settlement.Stale is [var first, ..] stale)
        {
            yield return new(new FactVoided(), first.EffectiveAt)
            {
                Reason = $"Overtaken by {cause}.",
                Voids = [.. stale.Select(fact => fact.Id)],
            };
        }

        foreach (var tick in settlement.Missing)
        {
            yield return new(tick.Event, tick.EffectiveAt) { Reason = ReasonOf(tick.Event) };
        }
    }

    public static string NameOf(ContractEvent @event) => EventCatalog.NameOf(@event);

    private static string ReasonOf(ContractEvent @event) => @event switch
    {
        ContractEvent.Renewed => "No notice was given in time.",
        ContractEvent.Expired => "The term is over.",
        ContractEvent.HeldOver => "Performance went on after the term.",
        _ => "The last day for a notice.",
    };
}
