using System.Buffers;

namespace SalesOps.Store;

/// <summary>
/// An append that waits for its batch. What can be checked and encoded without the database is done by its caller, so
/// that it neither costs the appender's time nor fails its neighbours.
/// </summary>
internal sealed class PendingAppend
{
    public const int MaxEvents = 20_000;

    private static readonly SearchValues<char> suspect =
        SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(code => (char)code), '\0']);

    private readonly TaskCompletionSource<AppendOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingAppend(Append append, long epoch, CancellationToken cancellation)
    {
        Append = append;
        Epoch = epoch;
        Cancellation = cancellation;
        Require(append.Tenant.Length > 0, "An append has a tenant.");
        var streams = new HashSet<string>(StringComparer.Ordinal);
        foreach (var write in append.Writes)
        {
            Require(streams.Add(write.Stream), "An append writes to a stream once.");
            Require(write.Events.Count > 0, "A write has at least one event.");
            EventCount += write.Events.Count;
            Storable &= IsStorable(write.Stream);
        }

        Require(EventCount <= MaxEvents, $"An append has at most {MaxEvents} events.");
        Storable &= IsStorable(append.Tenant) && IsStorable(append.CorrelationId) && IsStorable(append.CausationId)
            && IsStorable(append.Claim?.Key) && IsStorable(append.Claim?.RequestHash);
        foreach (var guard in append.Guards)
        {
            Storable &= IsStorable(guard.Stream);
        }

        Headers = new byte[EventCount][];
        var next = 0;
        foreach (var write in append.Writes)
        {
            foreach (var @event in write.Events)
            {
                // The JSON writer would replace half of a surrogate pair in silence.
                Storable &= IsStorable(@event.Type) && IsStorable(@event.ClrType)
                    && IsStorable(@event.Headers.Actor) && IsStorable(@event.Headers.Reason);
                Headers[next] = HeadersJson.Write(@event.Headers);
                Bytes += @event.Data.Length + Headers[next++].Length;
            }
        }

    }

    public Append Append { get; }

    /// <summary>The store's epoch when the append came in: after a break it was decided on what may be gone.</summary>
    public long Epoch { get; }

    public CancellationToken Cancellation { get; }

    public int EventCount { get; }

    public long Bytes { get; }

    /// <summary>No text in it is one that PostgreSQL or UTF-8 can't hold; what is inside the data shows in the insert.</summary>
    public bool Storable { get; } = true;

    /// <summary>The encoded headers of all events, in the order of the writes.</summary>
    public byte[][] Headers { get; }

    public Task<AppendOutcome> Outcome => outcome.Task;

    public void Complete(AppendOutcome result)
    {
        if (outcome.TrySetResult(result))
        {
            StoreMeter.Outcome(result);
        }
    }

    public void Fail(Exception failure) => outcome.TrySetException(failure);

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvariantViolationException(otherwise);
        }
    }

    /// <summary>False for U+0000, which PostgreSQL can't hold, and for half of a surrogate pair, which UTF-8 can't.</summary>
    public static bool IsStorable(string? text)
    {
        if (text is null || text.AsSpan().IndexOfAny(suspect) < 0)
        {
            return true;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
