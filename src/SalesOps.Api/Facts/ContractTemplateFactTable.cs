using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>contract_template_facts</c>.</summary>
internal sealed class ContractTemplateFactTable : FactTable<ContractTemplateFact>
{
    public override string Name => "contract_template_facts";

    protected override string Columns => """
        tenant_id, template_id, valid_from, valid_to, known_from, known_to, name, template_version, clauses
        """;

    protected override string Close(string suffix) => $"""
        update contract_template_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.template_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<ContractTemplateFact> row)
    {
        copy.StartRow(tenant, id, row);
        copy.WriteText(row.Row.Name);
        copy.Write(row.Row.Version);
        copy.WriteInteger(row.Row.Clauses);
    }
}
