using Npgsql;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Leads;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>lead_facts</c>.</summary>
internal sealed class LeadFactTable : FactTable<LeadFact>
{
    public override string Name => "lead_facts";

    protected override string Columns => """
        tenant_id, lead_id, valid_from, valid_to, known_from, known_to, status, name, company, source, campaign, direction,
        score, owner_id, deal_id, created_on, qualified_on, converted_on, owner_since, segment, industry, country, employees,
        languages
        """;

    protected override string Close(string suffix) => $"""
        update lead_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.lead_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<LeadFact> row)
    {
        var fact = row.Row;
        copy.StartRow(tenant, id, row);
        copy.WriteText(EnumName<LeadStatus>.Of(fact.Status));
        copy.WriteText(fact.Name);
        copy.WriteText(fact.Company);
        copy.WriteText(fact.Source);
        copy.WriteText(fact.Campaign);
        copy.WriteText(EnumName<LeadDirection>.Of(fact.Direction));
        copy.WriteNumber(fact.Score);
        copy.WriteText(fact.OwnerId?.Value);
        copy.WriteText(fact.DealId?.Value);
        copy.WriteDate(fact.CreatedOn);
        copy.WriteDate(fact.QualifiedOn);
        copy.WriteDate(fact.ConvertedOn);
        copy.WriteInstant(fact.OwnerSince);
        copy.WriteText(fact.Segment);
        copy.WriteText(fact.Industry);
        copy.WriteText(fact.Country);
        copy.WriteInteger(fact.Employees);
        copy.WriteTexts(fact.Languages);
    }

    /// <summary>What lists show of the fact, from a query whose columns after the id are those above up to the last date.</summary>
    public static LeadFact Read(NpgsqlDataReader rows) => new(
        EnumName<LeadStatus>.Parse(rows.GetString(1)),
        rows.GetString(2),
        rows.TextOf(3),
        rows.TextOf(4),
        rows.TextOf(5),
        EnumName<LeadDirection>.Parse(rows.GetString(6)),
        (int?)rows.NumberOf(7),
        rows.TextOf(8) is { } owner ? new RepId(owner) : null,
        rows.TextOf(9) is { } deal ? new DealId(deal) : null,
        rows.GetFieldValue<DateOnly>(10),
        rows.DateOf(11),
        rows.DateOf(12));
}
