using System.Text.Json.Serialization;

namespace SalesOps.Api.Catalog;

[JsonSerializable(typeof(DescribeMetricEndpoint.Request), TypeInfoPropertyName = "DescribeMetricRequest")]
[JsonSerializable(typeof(GetMetricEndpoint.Response), TypeInfoPropertyName = "GetMetricResponse")]
[JsonSerializable(typeof(ListMetricsEndpoint.Response), TypeInfoPropertyName = "ListMetricsResponse")]
[JsonSerializable(typeof(MetricAlertsEndpoint.Response), TypeInfoPropertyName = "MetricAlertsResponse")]
[JsonSerializable(typeof(MetricAlertsEndpoint.Item), TypeInfoPropertyName = "MetricAlertsItem")]
[JsonSerializable(typeof(IReadOnlyList<MetricAlertsEndpoint.Item>), TypeInfoPropertyName = "MetricAlertsItems")]
[JsonSerializable(typeof(TrainingEffectEndpoint.Response), TypeInfoPropertyName = "TrainingEffectResponse")]
internal sealed partial class CatalogJson : JsonSerializerContext;
