using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>calculation_facts</c>.</summary>
internal sealed class CalculationFactTable : FactTable<CalculationFact>
{
    public override string Name => "calculation_facts";

    protected override string Columns => """
        tenant_id, rep_id, valid_from, valid_to, known_from, known_to, period, code, detail
        """;

    protected override string Close(string suffix) => $"""
        update calculation_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.rep_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<CalculationFact> row)
    {
        var fact = row.Row;
        copy.StartRow(tenant, id, row);
        copy.WriteText(fact.Block.Period);
        copy.WriteText(fact.Block.Code);
        copy.WriteText(fact.Block.Detail);
    }
}
