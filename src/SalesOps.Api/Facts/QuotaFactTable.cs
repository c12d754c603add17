using Npgsql;
using NpgsqlTypes;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>quota_facts</c>.</summary>
internal sealed class QuotaFactTable : FactTable<QuotaFact>
{
    public override string Name => "quota_facts";

    protected override string Columns => """
        tenant_id, quota_id, valid_from, valid_to, known_from, known_to, holder_kind, holder_id, period, measure,
        amount, currency, total, active_from, active_to, months, month_amounts, credit
        """;

    protected override string Close(string suffix) => $"""
        update quota_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.quota_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(NpgsqlBinaryImporter copy, string tenant, string id, KnownRow<QuotaFact> row)
    {
        var fact = row.Row;
        copy.StartRow(tenant, id, row);
        copy.WriteText(EnumName<QuotaHolderKind>.Of(fact.Holder.Kind));
        copy.WriteText(fact.Holder.Id);
        copy.WriteText(fact.Period);
        copy.WriteText(EnumName<Measure>.Of(fact.Measure));
        copy.WriteNumber(fact.Amount.Value);
        copy.WriteText(fact.Amount.Currency);
        copy.WriteNumber(fact.Total.Value);
        copy.WriteDate(fact.Active.From);
        copy.WriteDate(fact.Active.To);
        copy.Write<DateOnly[]>([.. fact.Months.Select(month => month.Month)], NpgsqlDbType.Array | NpgsqlDbType.Date);
        copy.Write<decimal[]>([.. fact.Months.Select(month => month.Amount)], NpgsqlDbType.Array | NpgsqlDbType.Numeric);
        copy.WriteText(EnumName<SplitKind>.Of(fact.Credit));
    }
}
