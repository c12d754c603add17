using System.Text.Json;
using SalesOps.Domain;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>metric_facts</c>; the terms are written as in events.</summary>
internal sealed class MetricFactTable : FactTable<MetricFact>
{
    public override string Name => "metric_facts";

    protected override string Columns =>
        "tenant_id, metric_id, valid_from, valid_to, known_from, known_to, terms, definition_version, is_retired";

    protected override string Close(string suffix) => $"""
        update metric_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.metric_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<MetricFact> row)
    {
        copy.StartRow(tenant, id, row);
        copy.WriteJson(JsonSerializer.Serialize(row.Row.Terms, EventJson.Default.MetricTerms));
        copy.Write(row.Row.DefinitionVersion);
        copy.Write(row.Row.IsRetired);
    }
}
