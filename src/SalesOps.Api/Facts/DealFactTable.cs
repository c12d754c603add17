using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>deal_facts</c>.</summary>
internal sealed class DealFactTable : FactTable<DealFact>
{
    public override string Name => "deal_facts";

    protected override string Columns => """
        tenant_id, deal_id, valid_from, valid_to, known_from, known_to, valid_class, known_class, status,
        name, pipeline_id, stage, amount, currency, owner_id, account_id, category, expected_close,
        opened_on, closed_on, source, competitor, loss_reason, products, product_amounts,
        share_reps, share_percents, overlay_reps, overlay_percents, units, path_stages, path_since, pushes, first_close, peak_amount
        """;

    protected override string Close(string suffix) => $"""
        update deal_facts{suffix} t set known_to = closed.known_to, known_class = closed.known_class
        from unnest($1, $2, $3, $4, $5, $6) closed (tenant, id, valid_from, known_from, known_to, known_class)
        where t.tenant_id = closed.tenant and t.deal_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<DealFact> row)
    {
        var fact = row.Row;
        copy.StartRow(tenant, id, row);
        copy.Write(IntervalClass.Of(row.ValidFrom, row.ValidTo));
        copy.Write(IntervalClass.Of(row.KnownFrom, row.KnownTo));
        copy.WriteText(EnumName<DealStatus>.Of(fact.Status));
        copy.WriteText(fact.Name);
        copy.WriteText(fact.PipelineId.Value);
        copy.WriteText(fact.Stage.Value);
        copy.WriteMoney(fact.Amount);
        copy.WriteText(fact.OwnerId?.Value);
        copy.WriteText(fact.AccountId?.Value);
        copy.WriteText(fact.Category is { } category ? EnumName<ForecastCategory>.Of(category) : null);
        copy.WriteDate(fact.ExpectedClose);
        copy.WriteDate(fact.OpenedOn);
        copy.WriteDate(fact.ClosedOn);
        copy.WriteText(fact.Source);
        copy.WriteText(fact.Competitor);
        copy.WriteText(fact.LossReason);
        copy.WriteTexts([.. fact.Products.Select(product => product.ProductId.Value)]);
        copy.WriteNumbers((decimal?[])[.. fact.Products.Select(product => product.Amount?.Amount)]);
        copy.WriteTexts([.. fact.Shares.Select(share => share.RepId.Value)]);
        copy.WriteNumbers((decimal[])[.. fact.Shares.Select(share => share.Percent)]);
        copy.WriteTexts([.. fact.Overlays.Select(share => share.RepId.Value)]);
        copy.WriteNumbers((decimal[])[.. fact.Overlays.Select(share => share.Percent)]);
        copy.WriteNumber(fact.Units);
        copy.WriteTexts([.. fact.Visits.Select(visit => visit.Stage.Value)]);
        copy.WriteInstants([.. fact.Visits.Select(visit => visit.EnteredAt)]);
        copy.Write(fact.Pushes);
        copy.WriteDate(fact.FirstExpectedClose);
        copy.WriteNumber(fact.PeakAmount);
    }
}
