using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>approval_facts</c>.</summary>
internal sealed class ApprovalFactTable : FactTable<ApprovalFact>
{
    public override string Name => "approval_facts";

    protected override string Columns => """
        tenant_id, approval_id, valid_from, valid_to, known_from, known_to, status, rep_id, period,
        effective_on, reason, author, decided_by, amount, currency, deal_id, entry_ids
        """;

    protected override string Close(string suffix) => $"""
        update approval_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.approval_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<ApprovalFact> row)
    {
        var fact = row.Row;
        copy.StartRow(tenant, id, row);
        copy.WriteText(EnumName<ApprovalStatus>.Of(fact.Status));
        copy.WriteText(fact.Request.RepId.Value);
        copy.WriteText(fact.Request.Period);
        copy.WriteDate(fact.Request.On);
        copy.WriteText(fact.Request.Reason);
        copy.WriteText(fact.Request.By);
        copy.WriteText(fact.DecidedBy);
        copy.WriteMoney(fact.Request.Amount);
        copy.WriteText(fact.Request.DealId?.Value);
        copy.WriteTexts(fact.Request.EntryIds ?? []);
    }
}
