using System.Text.Json.Serialization;

namespace SalesOps.Api.Compensation;

[JsonSerializable(typeof(CalculateEndpoint.Request), TypeInfoPropertyName = "CalculateCompensationRequest")]
[JsonSerializable(typeof(CalculationView))]
[JsonSerializable(typeof(PlanBody))]
[JsonSerializable(typeof(PublishPlanEndpoint.Request), TypeInfoPropertyName = "PublishPlanRequest")]
[JsonSerializable(typeof(PublishPlanEndpoint.Response), TypeInfoPropertyName = "PublishPlanResponse")]
[JsonSerializable(typeof(GetPlanEndpoint.Response), TypeInfoPropertyName = "GetPlanResponse")]
[JsonSerializable(typeof(GetPlanVersionEndpoint.Response), TypeInfoPropertyName = "GetPlanVersionResponse")]
[JsonSerializable(typeof(AssignPlanEndpoint.Request), TypeInfoPropertyName = "AssignPlanRequest")]
[JsonSerializable(typeof(AcceptPlanEndpoint.Request), TypeInfoPropertyName = "AcceptPlanRequest")]
[JsonSerializable(typeof(ListPlanAssignmentsEndpoint.Response), TypeInfoPropertyName = "ListPlanAssignmentsResponse")]
[JsonSerializable(typeof(ListPlanAssignmentsEndpoint.Item), TypeInfoPropertyName = "ListPlanAssignmentsItem")]
[JsonSerializable(
    typeof(IReadOnlyList<ListPlanAssignmentsEndpoint.Item>), TypeInfoPropertyName = "ListPlanAssignmentsItems")]
[JsonSerializable(typeof(PreviewPlanEndpoint.Request), TypeInfoPropertyName = "PreviewPlanRequest")]
[JsonSerializable(typeof(PreviewPlanEndpoint.Response), TypeInfoPropertyName = "PreviewPlanResponse")]
[JsonSerializable(typeof(PreviewPlanEndpoint.Item), TypeInfoPropertyName = "PreviewPlanItem")]
[JsonSerializable(typeof(IReadOnlyList<PreviewPlanEndpoint.Item>), TypeInfoPropertyName = "PreviewPlanItems")]
[JsonSerializable(typeof(ListPlansEndpoint.Response), TypeInfoPropertyName = "ListPlansResponse")]
[JsonSerializable(typeof(ListPlansEndpoint.Item), TypeInfoPropertyName = "ListPlansItem")]
[JsonSerializable(typeof(IReadOnlyList<ListPlansEndpoint.Item>), TypeInfoPropertyName = "ListPlansItems")]
[JsonSerializable(typeof(RateBody))]
[JsonSerializable(typeof(QuoteRatesEndpoint.Response), TypeInfoPropertyName = "QuoteRatesResponse")]
internal sealed partial class CompensationJson : JsonSerializerContext;
