using System.Text.Json;
using SalesOps.Domain;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>territory_facts</c>; the definition is written as in events.</summary>
internal sealed class TerritoryFactTable : FactTable<TerritoryFact>
{
    public override string Name => "territory_facts";

    protected override string Columns => """
        tenant_id, territory_id, valid_from, valid_to, known_from, known_to, model_id, definition
        """;

    protected override string Close(string suffix) => $"""
        update territory_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.territory_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<TerritoryFact> row)
    {
        copy.StartRow(tenant, id, row);
        copy.WriteText(row.Row.ModelId?.Value);
        copy.WriteJson(JsonSerializer.Serialize(row.Row.Definition, EventJson.Default.TerritoryDefinition));
    }
}
