using System.Text.Json.Serialization;

namespace SalesOps.Api.Assignments;

[JsonSerializable(typeof(RecommendEndpoint.Request), TypeInfoPropertyName = "RecommendRequest")]
[JsonSerializable(typeof(RecommendEndpoint.Response), TypeInfoPropertyName = "RecommendResponse")]
[JsonSerializable(typeof(AssignAccountEndpoint.Request), TypeInfoPropertyName = "AssignAccountRequest")]
[JsonSerializable(typeof(AssignAccountEndpoint.Response), TypeInfoPropertyName = "AssignAccountResponse")]
[JsonSerializable(typeof(EndAssignmentEndpoint.Request), TypeInfoPropertyName = "EndAssignmentRequest")]
[JsonSerializable(typeof(CoverAccountEndpoint.Request), TypeInfoPropertyName = "CoverAccountRequest")]
[JsonSerializable(typeof(ConflictRequest))]
[JsonSerializable(typeof(ListAssignmentsEndpoint.Response), TypeInfoPropertyName = "ListAssignmentsResponse")]
[JsonSerializable(typeof(ListAssignmentsEndpoint.Item), TypeInfoPropertyName = "ListAssignmentsItem")]
[JsonSerializable(typeof(IReadOnlyList<ListAssignmentsEndpoint.Item>), TypeInfoPropertyName = "ListAssignmentsItems")]
[JsonSerializable(typeof(ExplainAssignmentEndpoint.Response), TypeInfoPropertyName = "ExplainAssignmentResponse")]
[JsonSerializable(typeof(ChangeWeightsEndpoint.Request), TypeInfoPropertyName = "ChangeWeightsRequest")]
[JsonSerializable(typeof(GetWeightsEndpoint.Response), TypeInfoPropertyName = "GetWeightsResponse")]
[JsonSerializable(typeof(RouteAssignmentsEndpoint.Request), TypeInfoPropertyName = "RouteAssignmentsRequest")]
[JsonSerializable(typeof(RouteAssignmentsEndpoint.Response), TypeInfoPropertyName = "RouteAssignmentsResponse")]
[JsonSerializable(typeof(RouteAssignmentsEndpoint.Item), TypeInfoPropertyName = "RouteAssignmentsItem")]
[JsonSerializable(typeof(IReadOnlyList<RouteAssignmentsEndpoint.Item>), TypeInfoPropertyName = "RouteAssignmentsItems")]
[JsonSerializable(typeof(RebalanceEndpoint.Request), TypeInfoPropertyName = "RebalanceRequest")]
[JsonSerializable(typeof(RebalanceEndpoint.Response), TypeInfoPropertyName = "RebalanceResponse")]
[JsonSerializable(typeof(ApplyRebalanceEndpoint.Request), TypeInfoPropertyName = "ApplyRebalanceRequest")]
[JsonSerializable(typeof(ApplyRebalanceEndpoint.Response), TypeInfoPropertyName = "ApplyRebalanceResponse")]
[JsonSerializable(typeof(GetDecisionEndpoint.Response), TypeInfoPropertyName = "GetDecisionResponse")]
internal sealed partial class AssignmentsJson : JsonSerializerContext;
