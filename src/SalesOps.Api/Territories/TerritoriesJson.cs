using System.Text.Json.Serialization;

namespace SalesOps.Api.Territories;

[JsonSerializable(typeof(DefineTerritoryEndpoint.Request), TypeInfoPropertyName = "DefineTerritoryRequest")]
[JsonSerializable(typeof(ChangeTerritoryRulesEndpoint.Request), TypeInfoPropertyName = "ChangeTerritoryRulesRequest")]
[JsonSerializable(typeof(ChangeTerritoryParentEndpoint.Request), TypeInfoPropertyName = "ChangeTerritoryParentRequest")]
[JsonSerializable(typeof(ChangeTerritoryGoalEndpoint.Request), TypeInfoPropertyName = "ChangeTerritoryGoalRequest")]
[JsonSerializable(typeof(AssignTerritoryRepsEndpoint.Request), TypeInfoPropertyName = "AssignTerritoryRepsRequest")]
[JsonSerializable(typeof(RetireTerritoryEndpoint.Request), TypeInfoPropertyName = "RetireTerritoryRequest")]
[JsonSerializable(typeof(TerritoryView))]
[JsonSerializable(typeof(ListTerritoriesEndpoint.Response), TypeInfoPropertyName = "ListTerritoriesResponse")]
[JsonSerializable(typeof(TerritoryCoverageEndpoint.Response), TypeInfoPropertyName = "TerritoryCoverageResponse")]
[JsonSerializable(typeof(TerritoryCoverageEndpoint.Item), TypeInfoPropertyName = "TerritoryCoverageItem")]
[JsonSerializable(typeof(IReadOnlyList<TerritoryCoverageEndpoint.Item>), TypeInfoPropertyName = "TerritoryCoverageItems")]
[JsonSerializable(typeof(AccountTerritoryEndpoint.Response), TypeInfoPropertyName = "AccountTerritoryResponse")]
[JsonSerializable(typeof(DraftTerritoryModelEndpoint.Request), TypeInfoPropertyName = "DraftTerritoryModelRequest")]
[JsonSerializable(typeof(ActivateTerritoryModelEndpoint.Request), TypeInfoPropertyName = "ActivateTerritoryModelRequest")]
[JsonSerializable(typeof(GetTerritoryModelEndpoint.Response), TypeInfoPropertyName = "GetTerritoryModelResponse")]
[JsonSerializable(typeof(ListTerritoryModelsEndpoint.Response), TypeInfoPropertyName = "ListTerritoryModelsResponse")]
[JsonSerializable(typeof(ListTerritoryModelsEndpoint.Item), TypeInfoPropertyName = "ListTerritoryModelsItem")]
[JsonSerializable(typeof(IReadOnlyList<ListTerritoryModelsEndpoint.Item>), TypeInfoPropertyName = "ListTerritoryModelsItems")]
[JsonSerializable(typeof(PreviewTerritoryModelEndpoint.Response), TypeInfoPropertyName = "PreviewTerritoryModelResponse")]
[JsonSerializable(typeof(PreviewTerritoryModelEndpoint.Item), TypeInfoPropertyName = "PreviewTerritoryModelItem")]
[JsonSerializable(typeof(IReadOnlyList<PreviewTerritoryModelEndpoint.Item>), TypeInfoPropertyName = "PreviewTerritoryModelItems")]
internal sealed partial class TerritoriesJson : JsonSerializerContext;
