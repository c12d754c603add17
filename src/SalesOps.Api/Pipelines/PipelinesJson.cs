using System.Text.Json.Serialization;

namespace SalesOps.Api.Pipelines;

[JsonSerializable(typeof(DefinePipelineEndpoint.Request), TypeInfoPropertyName = "DefinePipelineRequest")]
[JsonSerializable(typeof(PipelineView))]
[JsonSerializable(typeof(OpenPipelineEndpoint.Response), TypeInfoPropertyName = "OpenPipelineResponse")]
[JsonSerializable(typeof(PipelineSnapshotsEndpoint.Response), TypeInfoPropertyName = "PipelineSnapshotsResponse")]
[JsonSerializable(typeof(ListPipelinesEndpoint.Response), TypeInfoPropertyName = "ListPipelinesResponse")]
[JsonSerializable(typeof(ListPipelinesEndpoint.Item), TypeInfoPropertyName = "ListPipelinesItem")]
[JsonSerializable(typeof(IReadOnlyList<ListPipelinesEndpoint.Item>), TypeInfoPropertyName = "ListPipelinesItems")]
[JsonSerializable(typeof(WaterfallEndpoint.Response), TypeInfoPropertyName = "WaterfallResponse")]
[JsonSerializable(typeof(WaterfallEndpoint.Line), TypeInfoPropertyName = "WaterfallLineView")]
[JsonSerializable(typeof(IReadOnlyList<WaterfallEndpoint.Line>), TypeInfoPropertyName = "WaterfallLineViews")]
[JsonSerializable(typeof(WaterfallEndpoint.DealLine), TypeInfoPropertyName = "WaterfallDealLine")]
[JsonSerializable(typeof(IReadOnlyList<WaterfallEndpoint.DealLine>), TypeInfoPropertyName = "WaterfallDealLines")]
[JsonSerializable(typeof(RisksEndpoint.Response), TypeInfoPropertyName = "RisksResponse")]
[JsonSerializable(typeof(RisksEndpoint.Item), TypeInfoPropertyName = "RisksItem")]
[JsonSerializable(typeof(IReadOnlyList<RisksEndpoint.Item>), TypeInfoPropertyName = "RisksItems")]
[JsonSerializable(typeof(CalibrationEndpoint.Response), TypeInfoPropertyName = "CalibrationResponse")]
[JsonSerializable(typeof(CalibrationEndpoint.Item), TypeInfoPropertyName = "CalibrationItem")]
[JsonSerializable(typeof(IReadOnlyList<CalibrationEndpoint.Item>), TypeInfoPropertyName = "CalibrationItems")]
[JsonSerializable(typeof(CalibratePipelineEndpoint.Request), TypeInfoPropertyName = "CalibratePipelineRequest")]
internal sealed partial class PipelinesJson : JsonSerializerContext;
