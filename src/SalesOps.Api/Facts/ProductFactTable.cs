using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>product_facts</c>.</summary>
internal sealed class ProductFactTable : FactTable<ProductFact>
{
    public override string Name => "product_facts";

    protected override string Columns => """
        tenant_id, product_id, valid_from, valid_to, known_from, known_to, name, series, list_price,
        currency
        """;

    protected override string Close(string suffix) => $"""
        update product_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.product_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<ProductFact> row)
    {
        copy.StartRow(tenant, id, row);
        copy.WriteText(row.Row.Name);
        copy.WriteText(row.Row.Series);
        copy.WriteMoney(row.Row.ListPrice);
    }
}
