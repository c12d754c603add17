using System.Text.Json.Serialization;

namespace SalesOps.Api.Pipelines;

[JsonSerializable(typeof(DefinePipelineEndpoint.Request), TypeInfoPropertyName = "DefinePipelineRequest")]
[JsonSerializable(typeof(PipelineView))]
[JsonSerializable(typeof(OpenPipelineEndpoint.Response), TypeInfoPropertyName = "OpenPipelineResponse")]
[JsonSerializable(typeof(PipelineSnapshotsEndpoint.Response), TypeInfoPropertyName = "PipelineSnapshotsResponse")]
[JsonSerializable(typeof(ListPipelinesEndpoint.Response), TypeInfoPropertyName = "ListPipelinesResponse")]
[JsonSerializable(typeof(ListPipelinesEndpoint.Item), TypeInfoPropertyName = "ListPipelinesItem")]
[JsonSerializable(typeof(IReadOnlyList<ListPipelinesEndpoint.Item>), TypeInfoPropertyName = "ListPipelinesItems")]
internal sealed partial class PipelinesJson : JsonSerializerContext;
