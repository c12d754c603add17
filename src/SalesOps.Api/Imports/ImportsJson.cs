using System.Text.Json.Serialization;

namespace SalesOps.Api.Imports;

[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(ImportRejected))]
internal sealed partial class ImportsJson : JsonSerializerContext;
