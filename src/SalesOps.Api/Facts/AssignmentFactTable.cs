using SalesOps.Domain;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>assignment_facts</c>: one for each role and each conflict of an account.</summary>
internal sealed class AssignmentFactTable : FactTable<AssignmentFact>
{
    public override string Name => "assignment_facts";

    protected override string Columns => """
        tenant_id, account_id, valid_from, valid_to, known_from, known_to, is_conflict, role, rep_id, since, covered_by
        """;

    protected override string Close(string suffix) => $"""
        update assignment_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.account_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override int RowsOf(AssignmentFact row) => row.Roles.Count + row.Conflicts.Count;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<AssignmentFact> row)
    {
        foreach (var role in row.Row.Roles)
        {
            WriteOne(role.Role.Value, role.RepId, role.Since, role.CoveredBy);
        }

        foreach (var rep in row.Row.Conflicts)
        {
            WriteOne(role: null, rep, since: null, coveredBy: null);
        }

        void WriteOne(string? role, RepId? rep, DateTimeOffset? since, RepId? coveredBy)
        {
            copy.StartRow(tenant, id, row);
            copy.Write(role is null);
            copy.WriteText(role);
            copy.WriteText(rep?.Value);
            copy.WriteInstant(since);
            copy.WriteText(coveredBy?.Value);
        }
    }
}
