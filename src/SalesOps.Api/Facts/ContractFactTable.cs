using SalesOps.Domain;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>contract_facts</c>.</summary>
internal sealed class ContractFactTable : FactTable<ContractFact>
{
    public override string Name => "contract_facts";

    protected override string Columns => """
        tenant_id, contract_id, valid_from, valid_to, known_from, known_to, status, account_id, deal_id,
        term_start, term_end, value, currency, annual_value, escalated, source, term_number, auto_renew,
        notice_deadline, notice_on, lost_for, next_due
        """;

    protected override string Close(string suffix) => $"""
        update contract_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.contract_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<ContractFact> row)
    {
        var fact = row.Row;
        copy.StartRow(tenant, id, row);
        copy.WriteText(EnumName<ContractStatus>.Of(fact.Status));
        copy.WriteText(fact.AccountId.Value);
        copy.WriteText(fact.DealId?.Value);
        copy.WriteDate(fact.TermStart);
        copy.WriteDate(fact.TermEnd);
        copy.WriteMoney(fact.Value);
        copy.WriteNumber(fact.AnnualValue);
        copy.WriteNumber(fact.Escalated);
        copy.WriteText(EnumName<TermSource>.Of(fact.Source));
        copy.Write(fact.TermNumber);
        copy.Write(fact.AutoRenew);
        copy.WriteDate(fact.NoticeDeadline);
        copy.WriteDate(fact.NoticeOn);
        copy.WriteText(fact.LostFor);
        copy.WriteInstant(fact.NextDue);
    }
}
