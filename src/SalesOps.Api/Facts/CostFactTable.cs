using SalesOps.Domain;
using SalesOps.Domain.Costs;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>cost_facts</c>.</summary>
internal sealed class CostFactTable : FactTable<CostFact>
{
    public override string Name => "cost_facts";

    protected override string Columns => """
        tenant_id, cost_id, valid_from, valid_to, known_from, known_to, kind, from_date, to_date, amount, currency
        """;

    protected override string Close(string suffix) => $"""
        update cost_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.cost_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<CostFact> row)
    {
        copy.StartRow(tenant, id, row);
        copy.WriteText(EnumName<CostKind>.Of(row.Row.Kind));
        copy.WriteDate(row.Row.Days.From);
        copy.WriteDate(row.Row.Days.To);
        copy.WriteMoney(row.Row.Amount);
    }
}
