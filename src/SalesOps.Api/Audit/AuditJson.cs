using System.Text.Json.Serialization;

namespace SalesOps.Api.Audit;

[JsonSerializable(typeof(AuditEvent))]
[JsonSerializable(typeof(AuditEventsEndpoint.Response), TypeInfoPropertyName = "AuditEventsResponse")]
[JsonSerializable(typeof(ListBlocksEndpoint.Response), TypeInfoPropertyName = "ListBlocksResponse")]
[JsonSerializable(typeof(ListAuditKeysEndpoint.Response), TypeInfoPropertyName = "ListAuditKeysResponse")]
[JsonSerializable(typeof(VerifyLogEndpoint.Request), TypeInfoPropertyName = "VerifyLogRequest")]
[JsonSerializable(typeof(VerifyLogEndpoint.Response), TypeInfoPropertyName = "VerifyLogResponse")]
[JsonSerializable(typeof(BundleEndpoint.Response), TypeInfoPropertyName = "BundleResponse")]
[JsonSerializable(typeof(ListReadsEndpoint.Response), TypeInfoPropertyName = "ListReadsResponse")]
[JsonSerializable(typeof(DiffEndpoint.Response), TypeInfoPropertyName = "DiffResponse")]
[JsonSerializable(typeof(ReplayEndpoint.Request), TypeInfoPropertyName = "ReplayRequest")]
[JsonSerializable(typeof(ReplayEndpoint.Response), TypeInfoPropertyName = "ReplayResponse")]
[JsonSerializable(typeof(FraudPatternsEndpoint.Response), TypeInfoPropertyName = "FraudPatternsResponse")]
[JsonSerializable(typeof(SegregationEndpoint.Response), TypeInfoPropertyName = "SegregationResponse")]
internal sealed partial class AuditJson : JsonSerializerContext;
