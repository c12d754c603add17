using System.Text.Json;
using System.Text.Json.Serialization;

namespace SalesOps.Api.Http;

/// <summary>The records that all slices share, and the simple types of their parameters.</summary>
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(AsOfView))]
[JsonSerializable(typeof(StoredAnswer))]
[JsonSerializable(typeof(SalesOps.Domain.Money))]
[JsonSerializable(typeof(DateOrInstant?))]
[JsonSerializable(typeof(DateOnly?))]
[JsonSerializable(typeof(DateTimeOffset?))]
[JsonSerializable(typeof(decimal?))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(bool?))]
[JsonSerializable(typeof(Guid?))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(Stream))]
internal sealed partial class HttpJson : JsonSerializerContext;
