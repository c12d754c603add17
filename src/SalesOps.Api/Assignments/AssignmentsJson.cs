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
[JsonSerializable(typeof(ExplainAssignmentEndpoint.Response), TypeInfoPropertyName = "ExplainAssignmentResponse")]
[JsonSerializable(typeof(ChangeWeightsEndpoint.Request), TypeInfoPropertyName = "ChangeWeightsRequest")]
[JsonSerializable(typeof(GetWeightsEndpoint.Response), TypeInfoPropertyName = "GetWeightsResponse")]
internal sealed partial class AssignmentsJson : JsonSerializerContext;
