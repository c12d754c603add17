using System.Text.Json.Serialization;

namespace SalesOps.Api.Pipelines;

[JsonSerializable(typeof(DefinePipelineEndpoint.Request), TypeInfoPropertyName = "DefinePipelineRequest")]
[JsonSerializable(typeof(PipelineView))]
internal sealed partial class PipelinesJson : JsonSerializerContext;
