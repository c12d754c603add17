using System.Runtime.CompilerServices;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contracts;
using SalesOps.Store;

namespace SalesOps.Api.Contracts;

/// <summary>Contracts whole, folded from their streams as of both times of a read, by id.</summary>
internal sealed class ContractStates(FactReads reads, EventStore store)
{
    private const int PageSize = 100;

    /// <summary>Some contracts.</summary>
    public async Task<IReadOnlyList<(string Id, Contract State)>> OfAsync(
        Caller caller, AsOfView asOf, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var streams = await store.ReadStreamsAsync(caller.Tenant, [.. ids.Select(StreamKinds.Contracts.NameOf)], cancellation);
        return [.. ids.Select(id => (id, StateOf(streams[StreamKinds.Contracts.NameOf(id)])))];

        // The log is ahead of the facts: what they don't know yet doesn't count.
        Contract StateOf(IReadOnlyList<RecordedEvent> recorded) => StreamKinds.Contracts.EmptyTimeline(string.Empty)
            .With([.. recorded.Where(@event => @event.Position <= asOf.Position).Select(@event => @event.ToFact())])
            .At(asOf.ValidAt);
    }

    /// <summary>All that there are, a page at a time, each read by a snapshot of its own: however many, they need no memory.</summary>
    /// <param name="from">The first; absent for all.</param>
    public async IAsyncEnumerable<(string Id, Contract State)> AllAsync(
        Caller caller, AsOfView asOf, ContractFilter filter, string? from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var first in from is null ? [] : await OfAsync(caller, asOf, [from], cancellation))
        {
            yield return first;
        }

        for (var (after, isLast) = (from, asOf.KnownAt is null); !isLast;)
        {
            string[] ids = [];
            await reads.ReadAsync(new(asOf.ValidAt, asOf.KnownAt, null), caller, PageAsync, cancellation);
            foreach (var contract in await OfAsync(caller, asOf, ids, cancellation))
            {
                yield return contract;
            }

            (after, isLast) = (ids is [.., var last] ? last : after, ids.Length < PageSize);

            async Task<IResult> PageAsync(FactReader facts, AsOfView page)
            {
                ids = [.. (await facts.ContractsAsync(asOf.ValidAt, filter, after, PageSize, cancellation)).Select(row => row.Id)];
                return TypedResults.Empty;
            }
        }
    }
}
