using System.Runtime.CompilerServices;
using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Metrics;

/// <summary>Reads deals with the way that they came.</summary>
internal static class DealPathReads
{
    private const string Columns = """
        deal_id, name, status, pipeline_id, owner_id, amount, currency, category, expected_close, opened_on, closed_on, source,
        competitor, products, path_stages, path_since, pushes, first_close, peak_amount
        """;

    private static readonly string OpenSql = $"""
        with {OpenDealRows.Classes}
        {OpenDealRows.Sql(Columns, "$2", "$3", "$4")}
        """;

    private static readonly string AllSql = $"""
        {OpenSql}
        union all
        select {Columns} from deal_facts
        where tenant_id = $1 and status <> 'open' and valid_from >= $5 and valid_from <= $2 and valid_to > $2
          and known_from <= $3 and known_to > $3
        """;

    /// <summary>The deals that are open at an instant.</summary>
    public static IAsyncEnumerable<DealPath> OpenDealPathsAsync(
        this FactReader facts, DateTimeOffset validAt, CancellationToken cancellation) =>
        ReadAsync(facts, OpenSql, validAt, null, cancellation);

    /// <summary>The deals that are open at an instant or were at any time from another on.</summary>
    /// <param name="since">Null for all that there ever were.</param>
    public static IAsyncEnumerable<DealPath> DealPathsAsync(
        this FactReader facts, DateTimeOffset validAt, DateTimeOffset? since, CancellationToken cancellation) =>
        ReadAsync(facts, AllSql, validAt, since ?? DateTimeOffset.MinValue, cancellation);

    private static async IAsyncEnumerable<DealPath> ReadAsync(
        FactReader facts, string sql, DateTimeOffset validAt, DateTimeOffset? since,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(FactParameter.Instant(facts.KnownOnceAt));
        if (since is { } at)
        {
            command.Parameters.Add(FactParameter.Instant(at));
        }

        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var entered = rows.GetFieldValue<DateTimeOffset[]>(15);
            yield return new(
                new(rows.GetString(0)),
                rows.GetString(1),
                EnumName<DealStatus>.Parse(rows.GetString(2)),
                new(rows.GetString(3)),
                rows.TextOf(4) is { } owner ? new RepId(owner) : null,
                rows.MoneyOf(5, 6),
                rows.TextOf(7) is { } category ? EnumName<ForecastCategory>.Parse(category) : null,
                rows.DateOf(8),
                rows.GetFieldValue<DateOnly>(9),
                rows.DateOf(10),
                rows.TextOf(11),
                rows.TextOf(12),
                [.. rows.GetFieldValue<string[]>(13).Select(product => new ProductId(product))],
                [.. rows.GetFieldValue<string[]>(14).Select((stage, index) => new StageVisit(new(stage), entered[index]))],
                rows.GetInt32(16),
                rows.DateOf(17),
                rows.NumberOf(18));
        }
    }
}
