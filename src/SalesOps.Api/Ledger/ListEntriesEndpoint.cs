using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/ledger/entries</c></summary>
internal sealed class ListEntriesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/ledger/entries", HandleAsync)
        .WithName("ListLedgerEntries").WithTags("Ledger")
        .WithSummary("Postings in the order of the log; from and to are dates in the books. As text they are whole journals.")
        .RequireAuthorization(Policies.ReadLedger)
        .AlsoAs(AnswerFormat.Csv, AnswerFormat.Hledger, AnswerFormat.Beancount)
        .Produces<Response>()
        .Problems(422);

    private static Task<IResult> HandleAsync(
        CommaList? repId, string? period, Choices<LedgerAccount>? account, DateRange dates, ReadAt at, Paging paging,
        Caller caller, ChosenFormat format, LedgerProgress reads, LedgerQuery ledger, CancellationToken cancellation)
    {
        if (period is not null && Period.Find(period) is null)
        {
            return Task.FromResult<IResult>(LedgerPeriods.Unknown("period"));
        }

        var asked = new LedgerFilter(
            repId?.Values, account?.Values, period is null ? null : Period.Find(period), dates.From, dates.To,
            caller.Calendar.DateOf(at.ValidAt));
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var filter = await facts.SeenAsync(asked, at.ValidAt, cancellation);
            var reach = new LedgerReach(asOf.Position, at.KnownAt);
            switch (format.Value)
            {
                case AnswerFormat.Csv:
                    return new Csv<LedgerEntry>(
                        LedgerEntry.Columns, EntriesOf(ledger.AllLinesAsync(caller.Tenant, reach, filter, cancellation), filter));
                case AnswerFormat.Hledger or AnswerFormat.Beancount:
                    // The totals that the text asserts are those of what it holds: whole lines of every account.
                    var whole = filter with { Accounts = null };
                    var totals = await LedgerQuery.TotalsAsync(facts.Connection, caller.Tenant, reach, whole, cancellation);
                    return new JournalText(
                        format.Value, ledger.AllLinesAsync(caller.Tenant, reach, whole, cancellation), totals);
                default:
                    var after = paging.After is [var position, var line]
                        ? new LineCursor(LedgerPeriods.Number(position), (int)LedgerPeriods.Number(line))
                        : null;
                    var lines = await LedgerQuery.LinesAsync(
                        facts.Connection, caller.Tenant, reach, filter, after, paging.Limit + 1, cancellation);
                    var (page, next) = paging.Page(
                        lines, row => [LedgerPeriods.Text(row.Cursor.Position), LedgerPeriods.Text(row.Cursor.Line)]);
                    return TypedResults.Ok(new Response(
                        asOf, [.. page.SelectMany(row => LedgerEntry.Of(row.Line, filter.Accounts))], next));
            }
        }
    }

    private static async IAsyncEnumerable<LedgerEntry> EntriesOf(IAsyncEnumerable<PostedLine> lines, LedgerFilter filter)
    {
        await foreach (var line in lines)
        {
            foreach (var entry in LedgerEntry.Of(line, filter.Accounts))
            {
                yield return entry;
            }
        }
    }

    /// <param name="Items">A page is of whole lines: it has the postings of at most <c>limit</c> of them.</param>
    internal sealed record Response(AsOfView AsOf, IReadOnlyList<LedgerEntry> Items, string? NextCursor);
}
