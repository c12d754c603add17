using System.Text.Json.Serialization;

namespace SalesOps.Api.Privacy;

/// <summary>Asks to forget a person.</summary>
/// <param name="Reason">On what ground, for example the number of the request; stays in the log, so without the name.</param>
internal sealed record ErasureRequest(string Reason);

[JsonSerializable(typeof(ErasureRequest))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
