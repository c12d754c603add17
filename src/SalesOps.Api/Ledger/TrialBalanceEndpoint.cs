using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/ledger/trial-balance</c></summary>
internal sealed class TrialBalanceEndpoint : IEndpoint
{
    private static readonly CsvColumn<Item>[] Columns =
    [
        CsvColumn<Item>.Text("account", item => EnumName<LedgerAccount>.Of(item.Account)),
        CsvColumn<Item>.Text("currency", item => item.Debit.Currency),
        CsvColumn<Item>.Amount("debit", item => item.Debit),
        CsvColumn<Item>.Amount("credit", item => item.Credit),
        CsvColumn<Item>.Amount("balance", item => item.Balance),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/ledger/trial-balance", HandleAsync)
        .WithName("GetTrialBalance").WithTags("Ledger")
        .WithSummary("What every account came to, as of a date in the books, as known at a time.")
        .RequireAuthorization(Policies.ReadLedger)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>()
        .Problems(422);

    private static Task<IResult> HandleAsync(
        CommaList? repId, ReadAt at, Caller caller, ChosenFormat format, LedgerProgress reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var filter = await facts.SeenAsync(
                new(repId?.Values, Until: caller.Calendar.DateOf(at.ValidAt)), at.ValidAt, cancellation);
            var totals = await LedgerQuery.TotalsAsync(
                facts.Connection, caller.Tenant, new(asOf.Position, at.KnownAt), filter, cancellation);
            Item[] items = [.. totals.Select(total => new Item(total.Account, total.Debit, total.Credit, total.Debit - total.Credit))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(
                    asOf, items,
                    items.GroupBy(item => item.Debit.Currency).All(same => same.Sum(item => item.Balance.Amount) == 0)));
        }
    }

    /// <param name="Balanced">Whether debits and credits are the same in every currency.</param>
    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, bool Balanced);

    /// <param name="Debit">The sum of the debits.</param>
    /// <param name="Credit">The sum of the credits.</param>
    /// <param name="Balance">Debit less credit.</param>
    internal sealed record Item(LedgerAccount Account, Money Debit, Money Credit, Money Balance);
}
