using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>contact_facts</c>: one for each person of an account.</summary>
internal sealed class ContactFactTable : FactTable<ContactFact>
{
    public override string Name => "contact_facts";

    protected override string Columns => """
        tenant_id, account_id, valid_from, valid_to, known_from, known_to, contact_id, name, title, role, email, phone,
        known_by
        """;

    protected override string Close(string suffix) => $"""
        update contact_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.account_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override int RowsOf(ContactFact row) => row.Contacts.Count;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<ContactFact> row)
    {
        foreach (var contact in row.Row.Contacts)
        {
            copy.StartRow(tenant, id, row);
            copy.WriteText(contact.Id.Value);
            copy.WriteText(contact.Name);
            copy.WriteText(contact.Title);
            copy.WriteText(contact.Role);
            copy.WriteText(contact.Email);
            copy.WriteText(contact.Phone);
            copy.WriteTexts(contact.KnownBy ?? []);
        }
    }
}
