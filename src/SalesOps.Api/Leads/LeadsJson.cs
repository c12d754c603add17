using System.Text.Json.Serialization;

namespace SalesOps.Api.Leads;

[JsonSerializable(typeof(CaptureLeadEndpoint.Request), TypeInfoPropertyName = "CaptureLeadRequest")]
[JsonSerializable(typeof(QualifyLeadEndpoint.Request), TypeInfoPropertyName = "QualifyLeadRequest")]
[JsonSerializable(typeof(DisqualifyLeadEndpoint.Request), TypeInfoPropertyName = "DisqualifyLeadRequest")]
[JsonSerializable(typeof(RouteLeadEndpoint.Request), TypeInfoPropertyName = "RouteLeadRequest")]
[JsonSerializable(typeof(RouteLeadEndpoint.Response), TypeInfoPropertyName = "RouteLeadResponse")]
[JsonSerializable(typeof(ConvertLeadEndpoint.Request), TypeInfoPropertyName = "ConvertLeadRequest")]
[JsonSerializable(typeof(ConvertLeadEndpoint.Response), TypeInfoPropertyName = "ConvertLeadResponse")]
[JsonSerializable(typeof(LeadView))]
[JsonSerializable(typeof(ListLeadsEndpoint.Response), TypeInfoPropertyName = "ListLeadsResponse")]
[JsonSerializable(typeof(ListLeadsEndpoint.Item), TypeInfoPropertyName = "ListLeadsItem")]
internal sealed partial class LeadsJson : JsonSerializerContext;
