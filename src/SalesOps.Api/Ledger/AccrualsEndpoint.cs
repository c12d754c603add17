using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/ledger/accruals</c></summary>
internal sealed class AccrualsEndpoint : IEndpoint
{
    private static readonly CsvColumn<Item>[] Columns =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Text("currency", item => item.Currency),
        CsvColumn<Item>.Amount("unreleased", item => item.Unreleased),
        CsvColumn<Item>.Amount("held", item => item.Held),
        CsvColumn<Item>.Amount("due", item => item.Due),
        CsvColumn<Item>.Amount("liability", item => item.Liability),
        CsvColumn<Item>.Amount("drawBalance", item => item.DrawBalance),
        CsvColumn<Item>.Amount("clawbackBalance", item => item.ClawbackBalance),
        CsvColumn<Item>.Amount("net", item => item.Net),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/ledger/accruals", HandleAsync)
        .WithName("GetAccruals").WithTags("Ledger")
        .WithSummary("What is earned and not paid as of a date in the books: unreleased, held and due, and what reps owe.")
        .RequireAuthorization(Policies.ReadLedger)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>()
        .Problems(422);

    private static Task<IResult> HandleAsync(
        Choice<LedgerGrouping>? groupBy, CommaList? repId, ReadAt at, Caller caller, ChosenFormat format, Paging paging,
        LedgerProgress reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var grouping = groupBy?.Value;
            var items = await ItemsAsync(facts, grouping, paging.After, format.Value == AnswerFormat.Csv ? null : paging.Limit + 1);
            if (format.Value == AnswerFormat.Csv)
            {
                return new Csv<Item>(Columns, items.ToAsyncEnumerable());
            }

            var totals = await ItemsAsync(facts, grouping: null, after: null, limit: null);
            var (page, next) = paging.Page(items, item => [item.Key ?? string.Empty, item.Currency]);
            return TypedResults.Ok(new Response(asOf, page, totals, next));
        }

        async Task<IReadOnlyList<Item>> ItemsAsync(
            FactReader facts, LedgerGrouping? grouping, IReadOnlyList<string>? after, int? limit)
        {
            const string sql = $"""
                select key, currency, unreleased, held, due, drawn, clawed from (
                  select {LedgerGroups.KeySql} key, currency,
                    coalesce(-sum(amount) filter (where account = 'payableUnreleased'), 0) unreleased,
                    coalesce(-sum(amount) filter (where account = 'holdbackPayable'), 0) held,
                    coalesce(-sum(amount) filter (where account = 'payableDue'), 0) due,
                    coalesce(sum(amount) filter (where account = 'drawReceivable'), 0) drawn,
                    coalesce(sum(amount) filter (where account = 'clawbackReceivable'), 0) clawed
                  from ledger_entries e
                  where tenant_id = $1 and recorded_at <= $3 and posted_on <= $5 and ($6::varchar[] is null or rep_id = any($6))
                  group by 1, 2) open
                where (unreleased, held, due, drawn, clawed) <> (0, 0, 0, 0, 0)
                  and ($7::varchar is null or (coalesce(key, ''), currency) > ($7, $8))
                order by coalesce(key, ''), currency limit $9
                """;
            await using var query = facts.Query(sql, at.ValidAt);
            query.Parameters.Add(FactParameter.Text(grouping is { } by ? EnumName<LedgerGrouping>.Of(by) : null));
            query.Parameters.Add(FactParameter.Date(caller.Calendar.DateOf(at.ValidAt)));
            query.Parameters.Add(FactParameter.Any(repId?.Values));
            query.Parameters.Add(FactParameter.Text(after?[0]));
            query.Parameters.Add(FactParameter.Text(after?[1]));
            query.Parameters.Add(new() { Value = limit is { } most ? most : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
            var items = new List<Item>();
            await using (var rows = await query.ExecuteReaderAsync(cancellation))
            {
                while (await rows.ReadAsync(cancellation))
                {
                    items.Add(ItemOf(rows));
                }
            }

            var names = await facts.NamesAsync(grouping, items.Select(item => item.Key), at.ValidAt, cancellation);
            return [.. items.Select(item => item with { Label = item.Key is { } key ? names.GetValueOrDefault(key) : null })];
        }
    }

    private static Item ItemOf(NpgsqlDataReader rows)
    {
        var currency = rows.GetString(1);
        var (unreleased, held, due) = (Money(2), Money(3), Money(4));
        var (drawn, clawed) = (Money(5), Money(6));
        var liability = unreleased + held + due;
        return new(rows.TextOf(0), null, currency, unreleased, held, due, liability, drawn, clawed, liability - drawn - clawed);

        Money Money(int column) => new(rows.GetDecimal(column), currency);
    }

    /// <param name="Totals">Over everything, by currency.</param>
    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, IReadOnlyList<Item> Totals, string? NextCursor);

    /// <param name="Key">Absent for what belongs to no deal or no plan.</param>
    /// <param name="Unreleased">Earned, and waiting for cash or a date.</param>
    /// <param name="Held">Held back.</param>
    /// <param name="Due">Payable now.</param>
    /// <param name="Liability">The sum of the three.</param>
    /// <param name="DrawBalance">Owed by reps from draws.</param>
    /// <param name="ClawbackBalance">Owed by reps from cancelled deals.</param>
    /// <param name="Net">The liability less what reps owe.</param>
    internal sealed record Item(
        string? Key, string? Label, string Currency, Money Unreleased, Money Held, Money Due, Money Liability, Money DrawBalance,
        Money ClawbackBalance, Money Net);
}
