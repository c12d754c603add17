using System.Text.Json.Serialization;
using SalesOps.Api.Ledger;

namespace SalesOps.Api.Streams;

/// <summary>What every command on a stream answers.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Version">Its version after the command; also the <c>ETag</c>.</param>
/// <param name="Impact">Of a dry run: what the command would do to pay. Nothing of it was recorded.</param>
/// <param name="Position">How far the log is: a read that has reached it shows what the command did.</param>
internal sealed record CommandResponse(string Id, long Version, long Position, PayImpact? Impact = null);

[JsonSerializable(typeof(CommandResponse))]
[JsonSerializable(typeof(CorrectionRequest))]
[JsonSerializable(typeof(HistoryItem))]
[JsonSerializable(typeof(HistoryResponse))]
internal sealed partial class StreamsJson : JsonSerializerContext;
