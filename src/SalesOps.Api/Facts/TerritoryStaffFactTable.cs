using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>territory_staff_facts</c>: one for each rep of a territory.</summary>
internal sealed class TerritoryStaffFactTable : FactTable<TerritoryStaffFact>
{
    public override string Name => "territory_staff_facts";

    protected override string Columns => """
        tenant_id, territory_id, valid_from, valid_to, known_from, known_to, rep_id, role, share
        """;

    protected override string Close(string suffix) => $"""
        update territory_staff_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.territory_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override int RowsOf(TerritoryStaffFact row) => row.Reps.Count;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<TerritoryStaffFact> row)
    {
        foreach (var rep in row.Row.Reps)
        {
            copy.StartRow(tenant, id, row);
            copy.WriteText(rep.RepId.Value);
            copy.WriteText(rep.Role);
            copy.WriteNumber(rep.Share);
        }
    }
}
