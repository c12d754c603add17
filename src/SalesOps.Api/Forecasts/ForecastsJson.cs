using System.Text.Json.Serialization;

namespace SalesOps.Api.Forecasts;

[JsonSerializable(typeof(SubmitForecastEndpoint.Request), TypeInfoPropertyName = "SubmitForecastRequest")]
[JsonSerializable(typeof(AdjustForecastEndpoint.Request), TypeInfoPropertyName = "AdjustForecastRequest")]
[JsonSerializable(typeof(GetForecastEndpoint.Response), TypeInfoPropertyName = "GetForecastResponse")]
[JsonSerializable(typeof(ForecastAccuracyEndpoint.Response), TypeInfoPropertyName = "ForecastAccuracyResponse")]
[JsonSerializable(typeof(ForecastModelsEndpoint.Response), TypeInfoPropertyName = "ForecastModelsResponse")]
[JsonSerializable(typeof(BacktestEndpoint.Response), TypeInfoPropertyName = "BacktestResponse")]
[JsonSerializable(typeof(BacktestEndpoint.Item), TypeInfoPropertyName = "BacktestItem")]
[JsonSerializable(typeof(IReadOnlyList<BacktestEndpoint.Item>), TypeInfoPropertyName = "BacktestItems")]
internal sealed partial class ForecastsJson : JsonSerializerContext;
