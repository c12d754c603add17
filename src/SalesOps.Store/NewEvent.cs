namespace SalesOps.Store;

/// <summary>An event that is about to be appended.</summary>
/// <param name="Id">Made by the caller, so that an unknown outcome can be read back by it.</param>
/// <param name="Type">The stable wire name, for example <c>deal_stage_changed</c>.</param>
/// <param name="Data">The event as UTF-8 JSON, free of what jsonb cannot hold.</param>
/// <param name="Headers">What every event has beside its data.</param>
/// <param name="ClrType">Written to <c>mt_dotnet_type</c> for Marten's sake and never read.</param>
public sealed record NewEvent(
    Guid Id, string Type, ReadOnlyMemory<byte> Data, EventHeaders Headers, string? ClrType = null)
{
    /// <summary>What of the data is about a person and has to be forgettable; null where nothing is.</summary>
    public PersonalMembers? Personal { get; init; }
}

/// <summary>The members of an event's data that are stored sealed under the key of a person.</summary>
/// <param name="Subject">The person: the stream's id, and more where a stream has several people.</param>
/// <param name="Paths">Where they stand, with dots between the names; those that are absent are passed over.</param>
public sealed record PersonalMembers(string Subject, IReadOnlyList<string> Paths);
