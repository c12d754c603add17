namespace SalesOps.Store;

/// <summary>What became of an append. Nothing but <see cref="Appended"/> has written anything.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>Durable.</summary>
    /// <param name="Position">The last position of the append; the head of the log where it had no events.</param>
    /// <param name="RecordedAt">The recorded time that all its events share.</param>
    /// <param name="Versions">The version of each written stream, in the order of the writes.</param>
    public sealed record Appended(long Position, DateTimeOffset RecordedAt, IReadOnlyList<long> Versions) : AppendOutcome;

    /// <summary>A written or guarded stream is not at the version that the decision was made on.</summary>
    public sealed record Conflict(string Stream, long Actual) : AppendOutcome;

    /// <summary>The key was claimed before by the same request; its answer is given again.</summary>
    public sealed record Duplicate(string Answer) : AppendOutcome;

    /// <summary>The key was claimed before by another request.</summary>
    public sealed record KeyReused : AppendOutcome;

    /// <summary>PostgreSQL refused this append for what is in it, by a constraint or a value it can't hold.</summary>
    public sealed record Refused(string SqlState, string Message) : AppendOutcome;

    /// <summary>The append may or may not be there, and the database could not be asked. It must not be replayed blindly.</summary>
    public sealed record Unknown : AppendOutcome;

    /// <summary>Certainly not there, and worth another try: the database or the queue was not to be had.</summary>
    public sealed record Unavailable(string Reason) : AppendOutcome;
}
