using System.Text.Json.Serialization;

namespace SalesOps.Api.Quotas;

[JsonSerializable(typeof(AssignQuotaEndpoint.Request), TypeInfoPropertyName = "AssignQuotaRequest")]
[JsonSerializable(typeof(ChangeQuotaAmountEndpoint.Request), TypeInfoPropertyName = "ChangeQuotaAmountRequest")]
[JsonSerializable(typeof(ChangeQuotaRampEndpoint.Request), TypeInfoPropertyName = "ChangeQuotaRampRequest")]
[JsonSerializable(typeof(RelieveQuotaEndpoint.Request), TypeInfoPropertyName = "RelieveQuotaRequest")]
[JsonSerializable(typeof(GetQuotaSettingsEndpoint.Response), TypeInfoPropertyName = "GetQuotaSettingsResponse")]
[JsonSerializable(typeof(ChangeQuotaSettingsEndpoint.Request), TypeInfoPropertyName = "ChangeQuotaSettingsRequest")]
[JsonSerializable(typeof(GetQuotaEndpoint.Response), TypeInfoPropertyName = "GetQuotaResponse")]
[JsonSerializable(typeof(GetQuotaEndpoint.Month), TypeInfoPropertyName = "GetQuotaMonth")]
[JsonSerializable(typeof(IReadOnlyList<GetQuotaEndpoint.Month>), TypeInfoPropertyName = "GetQuotaMonths")]
[JsonSerializable(typeof(ListQuotasEndpoint.Response), TypeInfoPropertyName = "ListQuotasResponse")]
[JsonSerializable(typeof(ListQuotasEndpoint.Item), TypeInfoPropertyName = "ListQuotasItem")]
[JsonSerializable(typeof(IReadOnlyList<ListQuotasEndpoint.Item>), TypeInfoPropertyName = "ListQuotasItems")]
[JsonSerializable(typeof(AttainmentEndpoint.Response), TypeInfoPropertyName = "AttainmentResponse")]
[JsonSerializable(typeof(AttainmentEndpoint.Item), TypeInfoPropertyName = "AttainmentItem")]
[JsonSerializable(typeof(IReadOnlyList<AttainmentEndpoint.Item>), TypeInfoPropertyName = "AttainmentItems")]
[JsonSerializable(typeof(RampEndpoint.Response), TypeInfoPropertyName = "RampResponse")]
[JsonSerializable(typeof(RampEndpoint.Item), TypeInfoPropertyName = "RampItem")]
[JsonSerializable(typeof(IReadOnlyList<RampEndpoint.Item>), TypeInfoPropertyName = "RampItems")]
[JsonSerializable(typeof(QuotaRollUpEndpoint.Response), TypeInfoPropertyName = "QuotaRollUpResponse")]
[JsonSerializable(typeof(QuotaRollUpEndpoint.Item), TypeInfoPropertyName = "QuotaRollUpItem")]
[JsonSerializable(typeof(IReadOnlyList<QuotaRollUpEndpoint.Item>), TypeInfoPropertyName = "QuotaRollUpItems")]
internal sealed partial class QuotasJson : JsonSerializerContext;
