using System.Text.Json.Serialization;

namespace SalesOps.Api.Forecasts;

[JsonSerializable(typeof(SubmitForecastEndpoint.Request), TypeInfoPropertyName = "SubmitForecastRequest")]
[JsonSerializable(typeof(AdjustForecastEndpoint.Request), TypeInfoPropertyName = "AdjustForecastRequest")]
[JsonSerializable(typeof(GetForecastEndpoint.Response), TypeInfoPropertyName = "GetForecastResponse")]
[JsonSerializable(typeof(ForecastAccuracyEndpoint.Response), TypeInfoPropertyName = "ForecastAccuracyResponse")]
internal sealed partial class ForecastsJson : JsonSerializerContext;
