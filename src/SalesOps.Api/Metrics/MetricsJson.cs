using System.Text.Json.Serialization;

namespace SalesOps.Api.Metrics;

[JsonSerializable(typeof(WinRateEndpoint.Response), TypeInfoPropertyName = "WinRateResponse")]
[JsonSerializable(typeof(WinRateEndpoint.Item), TypeInfoPropertyName = "WinRateItem")]
[JsonSerializable(typeof(IReadOnlyList<WinRateEndpoint.Item>), TypeInfoPropertyName = "WinRateItems")]
[JsonSerializable(typeof(CycleEndpoint.Response), TypeInfoPropertyName = "CycleResponse")]
[JsonSerializable(typeof(CycleEndpoint.Item), TypeInfoPropertyName = "CycleItem")]
[JsonSerializable(typeof(IReadOnlyList<CycleEndpoint.Item>), TypeInfoPropertyName = "CycleItems")]
[JsonSerializable(typeof(BookingsEndpoint.Response), TypeInfoPropertyName = "BookingsResponse")]
[JsonSerializable(typeof(BookingsEndpoint.Item), TypeInfoPropertyName = "BookingsItem")]
[JsonSerializable(typeof(IReadOnlyList<BookingsEndpoint.Item>), TypeInfoPropertyName = "BookingsItems")]
internal sealed partial class MetricsJson : JsonSerializerContext;
