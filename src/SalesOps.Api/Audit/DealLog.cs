using System.Runtime.CompilerServices;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary>The deals as the log has them, for whoever doesn't take the word of the reads.</summary>
internal static class DealLog
{
    private const int StreamsAtOnce = 100;

    private static readonly string prefix = StreamKinds.Deals.NameOf(string.Empty);

    /// <summary>The deals with events recorded after one instant and up to another; null where there are more than so many.</summary>
    public static async Task<IReadOnlyCollection<string>?> MovedAsync(
        EventStore store, string tenant, DateTimeOffset after, DateTimeOffset upTo, int most, CancellationToken cancellation)
    {
        var from = (await store.HeadAtAsync(after, cancellation)).Position;
        var to = (await store.HeadAtAsync(upTo, cancellation)).Position;
        var streams = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var recorded in store.ReadTenantAsync(tenant, null, from, to, cancellation))
        {
            if (recorded.Stream.StartsWith(prefix, StringComparison.Ordinal) && streams.Add(recorded.Stream)
                && streams.Count > most)
            {
                return null;
            }
        }

        return streams;
    }

    /// <summary>Whole streams, as recorded and as facts.</summary>
    public static async IAsyncEnumerable<(IReadOnlyList<RecordedEvent> Events, IReadOnlyList<Fact<object>> Facts)> ReadAsync(
        EventStore store, string tenant, IEnumerable<string> streams, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var some in streams.Chunk(StreamsAtOnce))
        {
            foreach (var events in (await store.ReadStreamsAsync(tenant, some, cancellation)).Values.Where(events => events is not []))
            {
                yield return (events, [.. events.Select(recorded => recorded.ToFact())]);
            }
        }
    }
}
