namespace SalesOps.Store;

/// <summary>An event that is about to be appended.</summary>
/// <param name="Id">Made by the caller, so that an unknown outcome can be read back by it.</param>
/// <param name="Type">The stable wire name, for example <c>deal_stage_changed</c>.</param>
/// <param name="Data">The event as UTF-8 JSON, free of what jsonb cannot hold.</param>
/// <param name="Headers">What every event has beside its data.</param>
/// <param name="ClrType">Written to <c>mt_dotnet_type</c> for Marten's sake and never read.</param>
public sealed record NewEvent(
    Guid Id, string Type, ReadOnlyMemory<byte> Data, EventHeaders Headers, string? ClrType = null);
