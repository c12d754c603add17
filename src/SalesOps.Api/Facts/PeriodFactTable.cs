using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>period_facts</c>.</summary>
internal sealed class PeriodFactTable : FactTable<PeriodFact>
{
    public override string Name => "period_facts";

    protected override string Columns => """
        tenant_id, period, valid_from, valid_to, known_from, known_to, status, position, block, block_hash,
        accounts, debits, credits, currencies
        """;

    protected override string Close(string suffix) => $"""
        update period_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.period = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<PeriodFact> row)
    {
        var fact = row.Row;
        copy.StartRow(tenant, id, row);
        var totals = fact.Seal?.Totals ?? [];
        copy.WriteText(EnumName<PeriodStatus>.Of(fact.Status));
        copy.WriteLong(fact.Seal?.Position);
        copy.WriteLong(fact.Seal?.Block);
        copy.WriteText(fact.Seal?.BlockHash);
        copy.WriteTexts([.. totals.Select(total => EnumName<LedgerAccount>.Of(total.Account))]);
        copy.WriteNumbers((decimal[])[.. totals.Select(total => total.Debit.Amount)]);
        copy.WriteNumbers((decimal[])[.. totals.Select(total => total.Credit.Amount)]);
        copy.WriteTexts([.. totals.Select(total => total.Debit.Currency)]);
    }
}
