using Npgsql;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Facts;

/// <summary>The rows of <c>rep_facts</c>.</summary>
internal sealed class RepFactTable : FactTable<RepFact>
{
    /// <summary>What a row says of the rep, as <see cref="Read"/> takes it.</summary>
    public const string ValueColumns =
        "name, manager_id, team, office, hired_on, skills, languages, capacity, roles, presence, cover_rep_id";

    public override string Name => "rep_facts";

    protected override string Columns => $"tenant_id, rep_id, valid_from, valid_to, known_from, known_to, {ValueColumns}";

    /// <param name="first">The column that <see cref="ValueColumns"/> begin at.</param>
    public static RepFact Read(NpgsqlDataReader rows, int first) => new(
        rows.GetString(first),
        rows.TextOf(first + 1) is { } manager ? new RepId(manager) : null,
        rows.TextOf(first + 2),
        rows.TextOf(first + 3),
        rows.DateOf(first + 4),
        rows.TextsOf(first + 5),
        rows.TextsOf(first + 6),
        rows.IntegerOf(first + 7),
        rows.TextsOf(first + 8),
        EnumName<RepPresence>.Parse(rows.GetString(first + 9)),
        rows.TextOf(first + 10) is { } cover ? new RepId(cover) : null);

    protected override string Close(string suffix) => $"""
        update rep_facts{suffix} t set known_to = closed.known_to
        from unnest($1, $2, $3, $4, $5) closed (tenant, id, valid_from, known_from, known_to)
        where t.tenant_id = closed.tenant and t.rep_id = closed.id and t.valid_from = closed.valid_from
          and t.known_from = closed.known_from and t.known_to = 'infinity'
        """;

    public override void Write(CopyWriter copy, string tenant, string id, KnownRow<RepFact> row)
    {
        copy.StartRow(tenant, id, row);
        copy.WriteText(row.Row.Name);
        copy.WriteText(row.Row.ManagerId?.Value);
        copy.WriteText(row.Row.Team);
        copy.WriteText(row.Row.Office);
        copy.WriteDate(row.Row.HiredOn);
        copy.WriteTexts(row.Row.Skills);
        copy.WriteTexts(row.Row.Languages);
        copy.WriteInteger(row.Row.Capacity);
        copy.WriteTexts(row.Row.Roles);
        copy.WriteText(EnumName<RepPresence>.Of(row.Row.Presence));
        copy.WriteText(row.Row.CoverRepId?.Value);
    }
}
