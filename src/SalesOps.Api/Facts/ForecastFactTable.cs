using Npgsql;
using NpgsqlTypes;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>forecast_facts</c>: one for each submission and adjustment that stands.</summary>
internal sealed class ForecastFactTable : FactTable<ForecastFact>
{
    public override string Name => "forecast_facts";

    protected override string Columns => """
        tenant_id, forecast_id, valid_from, valid_to, known_from, known_to, owner_id, period, side, category, amount, currency,
        said_at, note, author, manager_id, measure, base, base_position
        """;

    protected override string Close(string suffix) => $"""
        update forecast_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.forecast_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override int RowsOf(ForecastFact row) => row.Submissions.Count + row.Adjustments.Count;

    public override void Write(NpgsqlBinaryImporter copy, string tenant, string id, KnownRow<ForecastFact> row)
    {
        foreach (var (said, at) in row.Row.Submissions)
        {
            WriteOne(null, said.Category, said.Amount, at, said.Note);
            copy.WriteText(null);
            copy.WriteText(null);
            copy.WriteText(null);
            copy.WriteNumber(null);
            copy.WriteNull();
        }

        foreach (var (made, at) in row.Row.Adjustments)
        {
            WriteOne(made.Side, made.Category, made.Amount, at, made.Reason);
            copy.WriteText(made.Author);
            copy.WriteText(made.ManagerId?.Value);
            copy.WriteText(EnumName<Measure>.Of(made.Measure));
            copy.WriteNumber(made.Base.Amount);
            copy.Write(made.Position, NpgsqlDbType.Bigint);
        }

        void WriteOne(AdjustmentSide? side, ForecastCategory category, Money amount, DateTimeOffset at, string? note)
        {
            var (owner, period) = ForecastStream.Parse(id);
            copy.StartRow(tenant, id, row);
            copy.WriteText(owner.Value);
            copy.WriteText(period);
            copy.WriteText(side is { } known ? EnumName<AdjustmentSide>.Of(known) : null);
            copy.WriteText(EnumName<ForecastCategory>.Of(category));
            copy.WriteMoney(amount);
            copy.WriteInstant(at);
            copy.WriteText(note);
        }
    }
}
