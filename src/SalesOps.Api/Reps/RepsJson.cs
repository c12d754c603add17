using System.Text.Json.Serialization;

namespace SalesOps.Api.Reps;

[JsonSerializable(typeof(RegisterRepEndpoint.Request), TypeInfoPropertyName = "RegisterRepRequest")]
[JsonSerializable(typeof(ChangeTeamEndpoint.Request), TypeInfoPropertyName = "ChangeTeamRequest")]
[JsonSerializable(typeof(ChangeManagerEndpoint.Request), TypeInfoPropertyName = "ChangeManagerRequest")]
[JsonSerializable(typeof(ChangeSkillsEndpoint.Request), TypeInfoPropertyName = "ChangeSkillsRequest")]
[JsonSerializable(typeof(ChangeCapacityEndpoint.Request), TypeInfoPropertyName = "ChangeCapacityRequest")]
[JsonSerializable(typeof(ChangeRolesEndpoint.Request), TypeInfoPropertyName = "ChangeRolesRequest")]
[JsonSerializable(typeof(TakeLeaveEndpoint.Request), TypeInfoPropertyName = "TakeLeaveRequest")]
[JsonSerializable(typeof(ReturnFromLeaveEndpoint.Request), TypeInfoPropertyName = "ReturnFromLeaveRequest")]
[JsonSerializable(typeof(DepartRepEndpoint.Request), TypeInfoPropertyName = "DepartRepRequest")]
[JsonSerializable(typeof(RecordOnboardingEndpoint.Request), TypeInfoPropertyName = "RecordOnboardingRequest")]
[JsonSerializable(typeof(RecordTrainingEndpoint.Request), TypeInfoPropertyName = "RecordTrainingRequest")]
[JsonSerializable(typeof(RepView))]
[JsonSerializable(typeof(ListRepsEndpoint.Response), TypeInfoPropertyName = "ListRepsResponse")]
[JsonSerializable(typeof(ListRepsEndpoint.Item), TypeInfoPropertyName = "ListRepsItem")]
internal sealed partial class RepsJson : JsonSerializerContext;
