using System.Collections.Frozen;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;
using SalesOps.Store;

namespace SalesOps.Api.Assignments;

/// <summary>
/// Gathers what decisions rest on: the facts of one snapshot and the weights in force. By the same two times it comes to
/// the same for ever, so that a recommendation is passed on by its times alone.
/// </summary>
internal sealed class DecisionBases(FactReads reads, StreamReads streams, RecentTotals totals, EventStore store)
{
    /// <summary>
    /// By everything recorded so far: what is decided for good must not miss a rep who came a moment ago, so the facts are
    /// waited for.
    /// </summary>
    /// <param name="least">A position that the caller has seen elsewhere.</param>
    public async Task<ReadAt> ByAllAsync(DateTimeOffset validAt, long? least, CancellationToken cancellation) =>
        new(validAt, KnownAt: null, Math.Max((await store.HeadAsync(cancellation)).Position, least ?? 0));

    /// <summary>The basis, or the problem that there is none yet.</summary>
    /// <param name="buyersOf">Whom it is about.</param>
    public Task<(DecisionBasis? Basis, AsOfView? AsOf, IResult? Problem)> ReadAsync(
        ReadAt at, Caller caller, Func<FactReader, Task<ValueList<Buyer>>> buyersOf, CancellationToken cancellation) =>
        ReadAsync(at, caller, buyersOf, FrozenSet<string>.Empty, cancellation);

    /// <summary>The same, with all about some reps.</summary>
    /// <param name="buyersOf">Whom it is about.</param>
    /// <param name="wholly">Reps of whom all is read, whatever excludes them; looked at after the buyers were read.</param>
    public async Task<(DecisionBasis? Basis, AsOfView? AsOf, IResult? Problem)> ReadAsync(
        ReadAt at, Caller caller, Func<FactReader, Task<ValueList<Buyer>>> buyersOf, IReadOnlySet<string> wholly,
        CancellationToken cancellation)
    {
        (DecisionBasis Basis, AsOfView AsOf)? read = null;
        var answer = await reads.ReadAsync(at, caller, GatherAsync, cancellation);
        return read is { } found ? (found.Basis, found.AsOf, null) : (null, null, answer);

        async Task<IResult> GatherAsync(FactReader facts, AsOfView asOf)
        {
            var buyers = await buyersOf(facts);
            var setting = await streams.ReadAsync(
                caller, StreamKinds.Weights, WeightSetting.StreamId, at with { KnownAt = asOf.KnownAt }, cancellation);
            read = (
                new(
                    at.ValidAt, setting?.State.Weights ?? FactorWeights.Default, buyers,
                    await facts.CandidatesAsync(at.ValidAt, buyers, wholly, TotalsOfAllAsync, cancellation), asOf.KnownAt),
                asOf);
            return TypedResults.Empty;

            Task<RepTotals> TotalsOfAllAsync() =>
                totals.OfAsync(caller, asOf, () => facts.RepTotalsAsync(at.ValidAt, reps: null, cancellation));
        }
    }

    /// <summary>The basis of a decision about one account; without its facts where it is not known then.</summary>
    public async Task<(DecisionBasis? Basis, AsOfView? AsOf, IResult? Problem)> OfAsync(
        ReadAt at, Caller caller, string accountId, CancellationToken cancellation) =>
        await ReadAsync(
            at, caller, facts => facts.AccountBuyersAsync(at.ValidAt, [accountId], cancellation), cancellation);
}
