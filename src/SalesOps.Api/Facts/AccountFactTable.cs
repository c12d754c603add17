using Npgsql;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>account_facts</c>.</summary>
internal sealed class AccountFactTable : FactTable<AccountFact>
{
    public override string Name => "account_facts";

    protected override string Columns => """
        tenant_id, account_id, valid_from, valid_to, known_from, known_to, name, segment, industry, country
        """;

    protected override string Close(string suffix) => $"""
        update account_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.account_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(NpgsqlBinaryImporter copy, string tenant, string id, KnownRow<AccountFact> row)
    {
        copy.StartRow(tenant, id, row);
        copy.WriteText(row.Row.Name);
        copy.WriteText(row.Row.Segment);
        copy.WriteText(row.Row.Industry);
        copy.WriteText(row.Row.Country);
    }
}
