using System.Text.Json.Serialization;

namespace SalesOps.Api.Audit;

[JsonSerializable(typeof(AuditEvent))]
[JsonSerializable(typeof(AuditEventsEndpoint.Response), TypeInfoPropertyName = "AuditEventsResponse")]
[JsonSerializable(typeof(ListBlocksEndpoint.Response), TypeInfoPropertyName = "ListBlocksResponse")]
[JsonSerializable(typeof(ListAuditKeysEndpoint.Response), TypeInfoPropertyName = "ListAuditKeysResponse")]
[JsonSerializable(typeof(VerifyLogEndpoint.Request), TypeInfoPropertyName = "VerifyLogRequest")]
[JsonSerializable(typeof(VerifyLogEndpoint.Response), TypeInfoPropertyName = "VerifyLogResponse")]
[JsonSerializable(typeof(BundleEndpoint.Response), TypeInfoPropertyName = "BundleResponse")]
internal sealed partial class AuditJson : JsonSerializerContext;
