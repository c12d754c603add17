namespace SalesOps.Store;

/// <summary>A stream of a tenant.</summary>
internal readonly record struct StreamKey(string Tenant, string Stream);

/// <summary>
/// Decides a batch of appends in arrival order from what was read under the head's lock, each counting the earlier
/// appends of the batch, and collects what is to be written. Nothing of it is true until the batch is committed.
/// </summary>
internal sealed class AppendPlan(
    LogHead head, DateTimeOffset clock, Dictionary<StreamKey, long> versions,
    Dictionary<StreamKey, (string RequestHash, string Answer)> answers)
{
    public const int MaxStreamLength = 10_000;

    public long Position { get; private set; } = head.Position;

    public DateTimeOffset? RecordedAt { get; private set; } = head.RecordedAt;

    public EventColumns Events { get; } = new();

    public KeyColumns Keys { get; } = new();

    /// <summary>The people to forget, with their tenant and the event that says so.</summary>
    public List<(string Tenant, Guid By, Erasure Erasure)> Erasures { get; } = [];

    /// <summary>The streams that the batch moves: their last version and when it was recorded.</summary>
    public Dictionary<StreamKey, (long Version, DateTimeOffset RecordedAt)> Moved { get; } = [];

    /// <summary>The streams that an assumed plan rests on, at the versions that it takes them to have.</summary>
    public IReadOnlyList<KeyValuePair<StreamKey, long>> Assumed { get; private init; } = [];

    /// <summary>
    /// A plan that takes the appends at their word: the streams are at the versions that they were decided on. Its
    /// positions and times count from the head, which is not known yet. Null where more has to be read first: a stream of
    /// which nobody says a version, the answer to a key, or someone to forget.
    /// </summary>
    public static AppendPlan? Assume(List<PendingAppend> batch)
    {
        var versions = new Dictionary<StreamKey, long>();
        foreach (var append in batch.Select(pending => pending.Append))
        {
            foreach (var guard in append.Guards)
            {
                versions.TryAdd(new(append.Tenant, guard.Stream), guard.Version);
            }

            foreach (var write in append.Writes)
            {
                if (write.Expected is { } expected)
                {
                    versions.TryAdd(new(append.Tenant, write.Stream), expected);
                }
                else if (!versions.ContainsKey(new(append.Tenant, write.Stream)))
                {
                    return null;
                }
            }

            if (append.Claim is not null || append.Erasure is not null)
            {
                return null;
            }
        }

        return new(new(0, null), DateTimeOffset.UnixEpoch, versions, []) { Assumed = [.. versions] };
    }

    /// <summary>The outcome of an assumed plan, once it is known where and when it was written.</summary>
    public static AppendOutcome Settle(AppendOutcome outcome, LogHead start) => outcome is AppendOutcome.Appended appended
        ? new AppendOutcome.Appended(
            start.Position + appended.Position, start.RecordedAt!.Value + (appended.RecordedAt - DateTimeOffset.UnixEpoch),
            appended.Versions)
        : outcome;

    public AppendOutcome Decide(PendingAppend pending)
    {
        var append = pending.Append;
        var claim = append.Claim;
        // A repeat comes first: its streams have moved since, by itself.
        if (claim is not null && answers.TryGetValue(new(append.Tenant, claim.Key), out var first))
        {
            return first.RequestHash == claim.RequestHash
                ? new AppendOutcome.Duplicate(first.Answer)
                : new AppendOutcome.KeyReused();
        }

        foreach (var guard in append.Guards)
        {
            if (VersionOf(append.Tenant, guard.Stream) is var actual && actual != guard.Version)
            {
                return new AppendOutcome.Conflict(guard.Stream, actual);
            }
        }

        var reached = new long[append.Writes.Count];
        for (var i = 0; i < reached.Length; i++)
        {
            var write = append.Writes[i];
            var actual = VersionOf(append.Tenant, write.Stream);
            if (write.Expected is { } expected && expected != actual)
            {
                return new AppendOutcome.Conflict(write.Stream, actual);
            }

            reached[i] = actual + write.Events.Count;
            if (reached[i] > MaxStreamLength)
            {
                return new AppendOutcome.Refused(SqlStates.ProgramLimitExceeded,
                    $"The stream {write.Stream} would have more than {MaxStreamLength} events.");
            }
        }

        var appended = new AppendOutcome.Appended(Position + pending.EventCount, NextRecordedAt(), reached);
        // The answer is made first: if it throws, nothing of this append is in the plan.
        var answer = claim?.Answer(appended);
        if (!PendingAppend.IsStorable(answer))
        {
            return Unstorable();
        }

        Add(pending, appended);
        if (append.Erasure is { } erasure)
        {
            Erasures.Add((append.Tenant, append.Writes[0].Events[^1].Id, erasure));
        }

        if (claim is not null)
        {
            Keys.Add(append, appended, claim, answer!);
            answers.Add(new(append.Tenant, claim.Key), (claim.RequestHash, answer!));
        }

        return appended;
    }

    public static AppendOutcome.Refused Unstorable() =>
        new(SqlStates.CharacterNotInRepertoire, "A text has a character that PostgreSQL can't hold.");

    private long VersionOf(string tenant, string stream) => versions.GetValueOrDefault(new(tenant, stream));

    /// <summary>One value per append, rising even where the server's clock goes back.</summary>
    private DateTimeOffset NextRecordedAt() =>
        RecordedAt is { } last && last >= clock ? last.AddMicroseconds(1) : clock;

    private void Add(PendingAppend pending, AppendOutcome.Appended appended)
    {
        var append = pending.Append;
        if (pending.EventCount == 0)
        {
            return;
        }

        var next = 0;
        for (var i = 0; i < append.Writes.Count; i++)
        {
            var (stream, _, events) = append.Writes[i];
            var key = new StreamKey(append.Tenant, stream);
            var version = appended.Versions[i] - events.Count;
            foreach (var @event in events)
            {
                Events.Add(++Position, append, stream, ++version, @event, pending.Headers[next++], appended.RecordedAt);
            }

            versions[key] = version;
            Moved[key] = (version, appended.RecordedAt);
        }

        RecordedAt = appended.RecordedAt;
    }

    /// <summary>The events to insert, column by column as <c>unnest</c> takes them.</summary>
    internal sealed class EventColumns
    {
        public List<long> Positions { get; } = [];

        public List<Guid> Ids { get; } = [];

        public List<string> Tenants { get; } = [];

        public List<string> Streams { get; } = [];

        public List<long> Versions { get; } = [];

        public List<string> Types { get; } = [];

        public List<ReadOnlyMemory<byte>> Data { get; } = [];

        public List<ReadOnlyMemory<byte>> Headers { get; } = [];

        public List<DateTime> RecordedAt { get; } = [];

        public List<string?> ClrTypes { get; } = [];

        public List<string?> CorrelationIds { get; } = [];

        public List<string?> CausationIds { get; } = [];

        public void Add(
            long position, Append append, string stream, long version, NewEvent @event, byte[] headers,
            DateTimeOffset recordedAt)
        {
            Positions.Add(position);
            Ids.Add(@event.Id);
            Tenants.Add(append.Tenant);
            Streams.Add(stream);
            Versions.Add(version);
            Types.Add(@event.Type);
            Data.Add(@event.Data);
            Headers.Add(headers);
            RecordedAt.Add(recordedAt.UtcDateTime);
            ClrTypes.Add(@event.ClrType);
            CorrelationIds.Add(append.CorrelationId);
            CausationIds.Add(append.CausationId);
        }
    }

    /// <summary>The keys to claim. Streams and versions go as array literals: unnest would flatten arrays of arrays.</summary>
    internal sealed class KeyColumns
    {
        public List<string> Tenants { get; } = [];

        public List<string> Keys { get; } = [];

        public List<string> RequestHashes { get; } = [];

        public List<string> Streams { get; } = [];

        public List<string> Versions { get; } = [];

        public List<long> Positions { get; } = [];

        public List<string> Answers { get; } = [];

        public List<DateTime> RecordedAt { get; } = [];

        public void Add(Append append, AppendOutcome.Appended appended, IdempotencyClaim claim, string answer)
        {
            Tenants.Add(append.Tenant);
            Keys.Add(claim.Key);
            RequestHashes.Add(claim.RequestHash);
            Streams.Add(ArrayLiteral(append.Writes.Select(write => write.Stream)));
            Versions.Add($"{{{string.Join(',', appended.Versions)}}}");
            Positions.Add(appended.Position);
            Answers.Add(answer);
            RecordedAt.Add(appended.RecordedAt.UtcDateTime);
        }

        private static string ArrayLiteral(IEnumerable<string> texts) =>
            $"{{{string.Join(',', texts.Select(text => $"\"{Escaped(text)}\""))}}}";

        private static string Escaped(string text) =>
            text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }
}
