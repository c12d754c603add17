using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/ledger/payroll</c></summary>
internal sealed class PayrollEndpoint : IEndpoint
{
    private static readonly CsvColumn<Item>[] Columns =
    [
        CsvColumn<Item>.Text("repId", item => item.RepId),
        CsvColumn<Item>.Text("name", item => item.Name),
        CsvColumn<Item>.Text("period", item => item.Period),
        CsvColumn<Item>.Text("currency", item => item.Paid.Currency),
        CsvColumn<Item>.Amount("earned", item => item.Earned),
        CsvColumn<Item>.Amount("payable", item => item.Payable),
        CsvColumn<Item>.Amount("paid", item => item.Paid),
        CsvColumn<Item>.Amount("balance", item => item.Balance),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/ledger/payroll", HandleAsync)
        .WithName("GetPayroll").WithTags("Ledger")
        .WithSummary("What payroll needs of a period, one row for each rep and currency.")
        .RequireAuthorization(Policies.ReadLedger)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>()
        .Problems(422);

    private static Task<IResult> HandleAsync(
        string period, KnownBy known, Caller caller, ChosenFormat format, LedgerProgress reads, CancellationToken cancellation)
    {
        if (Period.Find(period) is not { } days)
        {
            return Task.FromResult<IResult>(LedgerPeriods.Unknown("period"));
        }

        var at = new ReadAt(caller.Calendar.EndOf(days.To.AddDays(-1)), known.KnownAt, known.MinPosition);
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            const string sql = """
                select e.rep_id, r.name, e.currency,
                  coalesce(sum(e.line_amount) filter (
                    where e.posted_on >= $4 and e.posting = 0 and e.kind in ('earned', 'earnedCapitalised')), 0),
                  coalesce(-sum(e.amount) filter (where e.posted_on >= $4 and e.account = 'payableDue' and e.kind <> 'paid'), 0),
                  coalesce(sum(e.amount) filter (where e.posted_on >= $4 and e.account = 'payableDue' and e.kind = 'paid'), 0),
                  coalesce(-sum(e.amount) filter (where e.account = 'payableDue'), 0)
                from ledger_entries e
                left join rep_facts r on r.tenant_id = e.tenant_id and r.rep_id = e.rep_id
                  and r.valid_from <= $2 and r.valid_to > $2 and r.known_from <= $3 and r.known_to > $3
                where e.tenant_id = $1 and e.recorded_at <= $3 and e.posted_on < $5
                group by e.rep_id, r.name, e.currency
                order by e.rep_id, e.currency
                """;
            await using var query = facts.Query(sql, at.ValidAt);
            query.Parameters.Add(FactParameter.Date(days.From));
            query.Parameters.Add(FactParameter.Date(days.To));
            await using var rows = await query.ExecuteReaderAsync(cancellation);
            var items = new List<Item>();
            while (await rows.ReadAsync(cancellation))
            {
                var currency = rows.GetString(2);
                items.Add(new(
                    rows.GetString(0), rows.TextOf(1), period, new(rows.GetDecimal(3), currency),
                    new(rows.GetDecimal(4), currency), new(rows.GetDecimal(5), currency), new(rows.GetDecimal(6), currency)));
            }

            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, items));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items);

    /// <param name="Payable">What became due in the period.</param>
    /// <param name="Paid">What was handed over in it.</param>
    /// <param name="Balance">What is due and not handed over at its end.</param>
    internal sealed record Item(
        string RepId, string? Name, string Period, Money Earned, Money Payable, Money Paid, Money Balance);
}
