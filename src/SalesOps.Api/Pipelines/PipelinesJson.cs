using System.Text.Json.Serialization;

namespace SalesOps.Api.Pipelines;

[JsonSerializable(typeof(DefinePipelineEndpoint.Request), TypeInfoPropertyName = "DefinePipelineRequest")]
[JsonSerializable(typeof(PipelineView))]
[JsonSerializable(typeof(OpenPipelineEndpoint.Response), TypeInfoPropertyName = "OpenPipelineResponse")]
[JsonSerializable(typeof(PipelineSnapshotsEndpoint.Response), TypeInfoPropertyName = "PipelineSnapshotsResponse")]
internal sealed partial class PipelinesJson : JsonSerializerContext;
