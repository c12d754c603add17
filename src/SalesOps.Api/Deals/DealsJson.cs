using System.Text.Json.Serialization;

namespace SalesOps.Api.Deals;

[JsonSerializable(typeof(OpenDealEndpoint.Request), TypeInfoPropertyName = "OpenDealRequest")]
[JsonSerializable(typeof(ChangeAmountEndpoint.Request), TypeInfoPropertyName = "ChangeAmountRequest")]
[JsonSerializable(typeof(ChangeCloseDateEndpoint.Request), TypeInfoPropertyName = "ChangeCloseDateRequest")]
[JsonSerializable(typeof(ChangeForecastCategoryEndpoint.Request), TypeInfoPropertyName = "ChangeForecastCategoryRequest")]
[JsonSerializable(typeof(ChangeOwnerEndpoint.Request), TypeInfoPropertyName = "ChangeOwnerRequest")]
[JsonSerializable(typeof(RenameDealEndpoint.Request), TypeInfoPropertyName = "RenameDealRequest")]
[JsonSerializable(typeof(ChangeAccountEndpoint.Request), TypeInfoPropertyName = "ChangeAccountRequest")]
[JsonSerializable(typeof(ChangeProductsEndpoint.Request), TypeInfoPropertyName = "ChangeProductsRequest")]
[JsonSerializable(typeof(ChangeSplitsEndpoint.Request), TypeInfoPropertyName = "ChangeSplitsRequest")]
[JsonSerializable(typeof(ChangeStageEndpoint.Request), TypeInfoPropertyName = "ChangeStageRequest")]
[JsonSerializable(typeof(LogActivityEndpoint.Request), TypeInfoPropertyName = "LogActivityRequest")]
[JsonSerializable(typeof(LoseDealEndpoint.Request), TypeInfoPropertyName = "LoseDealRequest")]
[JsonSerializable(typeof(ReopenDealEndpoint.Request), TypeInfoPropertyName = "ReopenDealRequest")]
[JsonSerializable(typeof(WinDealEndpoint.Request), TypeInfoPropertyName = "WinDealRequest")]
[JsonSerializable(typeof(DealView))]
[JsonSerializable(typeof(DealCreditEndpoint.Response), TypeInfoPropertyName = "DealCreditResponse")]
[JsonSerializable(typeof(DealCreditEndpoint.CreditView))]
[JsonSerializable(typeof(DealReplayEndpoint.Response), TypeInfoPropertyName = "DealReplayResponse")]
[JsonSerializable(typeof(ListDealsEndpoint.Response), TypeInfoPropertyName = "ListDealsResponse")]
[JsonSerializable(typeof(ListDealsEndpoint.Item), TypeInfoPropertyName = "ListDealsItem")]
internal sealed partial class DealsJson : JsonSerializerContext;
