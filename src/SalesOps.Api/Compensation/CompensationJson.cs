using System.Text.Json.Serialization;

namespace SalesOps.Api.Compensation;

[JsonSerializable(typeof(CalculateEndpoint.Request), TypeInfoPropertyName = "CalculateCompensationRequest")]
[JsonSerializable(typeof(CalculationView))]
internal sealed partial class CompensationJson : JsonSerializerContext;
