using SalesOps.Domain;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>stage_facts</c>: one for each stage of a version of a pipeline.</summary>
internal sealed class StageFactTable : FactTable<PipelineFact>
{
    public override string Name => "stage_facts";

    protected override string Columns => """
        tenant_id, pipeline_id, valid_from, valid_to, known_from, known_to, pipeline_name, stage_order,
        stage, name, probability, category
        """;

    protected override string Close(string suffix) => $"""
        update stage_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.pipeline_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override int RowsOf(PipelineFact row) => row.Stages.Count;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<PipelineFact> row)
    {
        foreach (var (order, stage) in row.Row.Stages.Index())
        {
            copy.StartRow(tenant, id, row);
            copy.WriteText(row.Row.Name);
            copy.Write(order);
            copy.WriteText(stage.Key.Value);
            copy.WriteText(stage.Name);
            copy.WriteNumber(stage.Probability);
            copy.WriteText(stage.Category is { } category ? EnumName<ForecastCategory>.Of(category) : null);
        }
    }
}
