using System.Text.Json.Serialization;

namespace SalesOps.Api.Reps;

[JsonSerializable(typeof(RegisterRepEndpoint.Request), TypeInfoPropertyName = "RegisterRepRequest")]
[JsonSerializable(typeof(ChangeTeamEndpoint.Request), TypeInfoPropertyName = "ChangeTeamRequest")]
[JsonSerializable(typeof(ChangeManagerEndpoint.Request), TypeInfoPropertyName = "ChangeManagerRequest")]
[JsonSerializable(typeof(RepView))]
[JsonSerializable(typeof(ListRepsEndpoint.Response), TypeInfoPropertyName = "ListRepsResponse")]
[JsonSerializable(typeof(ListRepsEndpoint.Item), TypeInfoPropertyName = "ListRepsItem")]
internal sealed partial class RepsJson : JsonSerializerContext;
