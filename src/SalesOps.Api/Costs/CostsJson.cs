using System.Text.Json.Serialization;

namespace SalesOps.Api.Costs;

[JsonSerializable(typeof(RecordCostEndpoint.Request), TypeInfoPropertyName = "RecordCostRequest")]
[JsonSerializable(typeof(CacEndpoint.Response), TypeInfoPropertyName = "CacResponse")]
[JsonSerializable(typeof(CacEndpoint.Item), TypeInfoPropertyName = "CacItem")]
[JsonSerializable(typeof(IReadOnlyList<CacEndpoint.Item>), TypeInfoPropertyName = "CacItems")]
[JsonSerializable(typeof(ListCostsEndpoint.Response), TypeInfoPropertyName = "ListCostsResponse")]
[JsonSerializable(typeof(ListCostsEndpoint.Item), TypeInfoPropertyName = "ListCostsItem")]
[JsonSerializable(typeof(IReadOnlyList<ListCostsEndpoint.Item>), TypeInfoPropertyName = "ListCostsItems")]
[JsonSerializable(typeof(LtvEndpoint.Response), TypeInfoPropertyName = "LtvResponse")]
internal sealed partial class CostsJson : JsonSerializerContext;
