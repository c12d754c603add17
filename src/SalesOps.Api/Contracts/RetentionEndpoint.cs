using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Contracts;

/// <summary><c>GET /v1/metrics/retention</c></summary>
internal sealed class RetentionEndpoint : IEndpoint
{
    private static readonly CsvColumn<Item>[] Columns =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Number("accounts", item => item.Accounts),
        CsvColumn<Item>.Number("accountsLost", item => item.AccountsLost),
        CsvColumn<Item>.Text("currency", item => item.Start?.Currency),
        CsvColumn<Item>.Amount("start", item => item.Start),
        CsvColumn<Item>.Amount("contraction", item => item.Contraction),
        CsvColumn<Item>.Amount("churn", item => item.Churn),
        CsvColumn<Item>.Amount("expansion", item => item.Expansion),
        Rate("grr", item => item.Grr),
        Rate("nrr", item => item.Nrr),
        CsvColumn<Item>.Text("reason", item => item.Reason),
        CsvColumn<Item>.Amount("upForRenewal", item => item.UpForRenewal),
        CsvColumn<Item>.Amount("renewed", item => item.Renewed),
        Rate("renewalRate", item => item.RenewalRate),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/retention", HandleAsync)
        .WithName("GetRetention").WithTags("Metrics")
        .WithSummary("Gross and net revenue retention between two dates, and the renewal rate of the terms that ended in between.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    internal enum Grouping
    {
        Account,
        Segment,
        Industry,
        Country,
        Currency,
    }

    private static Task<IResult> HandleAsync(
        ClosedDateRange range, Choice<Grouping>? groupBy, KnownBy known, ChosenFormat format, Caller caller, FactReads reads,
        CancellationToken cancellation)
    {
        return reads.ReadAsync(
            new(caller.Calendar.StartOf(range.To), known.KnownAt, known.MinPosition), caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var (tallies, accounts) = await facts.RetentionAsync(
                new(range.From, range.To), groupBy?.Value, caller.Calendar, cancellation);
            if (groupBy is null && tallies.Count == 0)
            {
                tallies[GroupKey.All] = new();
            }

            Item[] items = [.. tallies.Select(tally => Item.Of(
                tally.Key, groupBy?.Value == Grouping.Account ? accounts.GetValueOrDefault(tally.Key)?.Name : null, tally.Value))];
            return format.Value == AnswerFormat.Csv
                ? new Csv<Item>(Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, groupBy?.Value, items));
        }
    }

    private static CsvColumn<Item> Rate(string name, Func<Item, decimal?> value) =>
        new(name, item => value(item) is { } rate ? RatioText.Write(rate) : null);

    /// <param name="AsOf">Its valid time is the end of the period.</param>
    internal sealed record Response(AsOfView AsOf, Grouping? GroupBy, IReadOnlyList<Item> Items);

    /// <summary>Amounts are of a year, and absent where they are of several currencies.</summary>
    /// <param name="Grr">(start − contraction − churn) ÷ start.</param>
    /// <param name="Nrr">The same with expansion.</param>
    /// <param name="Reason">Why there is no retention.</param>
    /// <param name="RenewalRate">Renewed ÷ up for renewal.</param>
    /// <param name="RenewalReason">Why there is no renewal rate.</param>
    /// <param name="Pending">Terms that ended without its being known what follows; they are in neither.</param>
    internal sealed record Item(
        string Key, string? Label, int Accounts, int AccountsLost, Money? Start, Money? Contraction, Money? Churn,
        Money? Expansion, decimal? Grr, decimal? Nrr, string? Reason, Money? UpForRenewal, Money? Renewed, decimal? RenewalRate,
        string? RenewalReason, int Pending, IReadOnlyList<LostItem> LostFor)
    {
        public static Item Of(string key, string? label, RetentionTally tally) => new(
            key, label, tally.Accounts, tally.AccountsLost, tally.Amount(tally.Start), tally.Amount(tally.Contraction),
            tally.Amount(tally.Churn), tally.Amount(tally.Expansion), tally.Gross.Value, tally.Net.Value, tally.Gross.Reason,
            tally.Amount(tally.UpForRenewal), tally.Amount(tally.Renewed), tally.RenewalRate.Value, tally.RenewalRate.Reason,
            tally.Pending,
            tally.IsMixed ? [] : [.. tally.LostFor.Select(lost => new LostItem(lost.Reason, lost.Amount))]);
    }

    internal sealed record LostItem(string Reason, Money Amount);
}
