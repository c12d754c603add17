using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary><c>GET /v1/pipeline/waterfall</c></summary>
internal sealed class WaterfallEndpoint : IEndpoint
{
    private const int MostDeals = 20_000;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/pipeline/waterfall", HandleAsync)
        .WithName("GetWaterfall").WithTags("Pipelines")
        .WithSummary("How the open pipeline of one time became that of another, line by line.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    /// <param name="AsOf">Its valid time is the later of the two.</param>
    /// <param name="From">The earlier one.</param>
    /// <param name="Start">Absent, as are all amounts, where no deal has any.</param>
    /// <param name="Deals">With detail: each deal that has a line, in the order of ids.</param>
    internal sealed record Response(
        AsOfView AsOf, DateTimeOffset From, WaterfallForm Form, Money? Start, long StartDeals, IReadOnlyList<Line> Lines,
        Money? End, long EndDeals, string? Reason, IReadOnlyList<DealLines>? Deals);

    /// <param name="Amount">Signed: start and lines sum to the end.</param>
    internal sealed record Line(WaterfallKind Kind, long Deals, Money? Amount);

    internal sealed record DealLines(string DealId, Money? Start, IReadOnlyList<DealLine> Lines, Money? End);

    internal sealed record DealLine(WaterfallKind Kind, Money? Amount);

    private static Task<IResult> HandleAsync(
        WaterfallQuery query, Choice<WaterfallForm>? form, bool? detail, KnownBy known, ChosenFormat format, Caller caller,
        FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(new(query.To, known.KnownAt, known.MinPosition), caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var chosen = form?.Value ?? WaterfallForm.Gross;
            var changes = (await facts.ChangesAsync(query, caller.Calendar, detail == true, cancellation))
                .Select(deals => (Deals: deals, Lines: deals.Change.Lines(chosen)))
                .Where(deals => deals.Lines is not [])
                .ToArray();
            var currencies = changes
                .SelectMany(change => (string?[])[change.Deals.CurrencyBefore, change.Deals.CurrencyAfter])
                .OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray();
            if (query.Currency is null && currencies.Length > 1)
            {
                return Problem.BrokenRule(InputError.InParameter(
                    "currency", "mixed-currencies", $"The deals are in {string.Join(", ", currencies)}: ask for one of them."));
            }

            if (detail == true && format.Value == AnswerFormat.Json && changes.Length > MostDeals)
            {
                return Problem.BrokenRule(InputError.InParameter(
                    "detail", "too-many-deals", $"These are more than {MostDeals} deals: ask for fewer, or for CSV."));
            }

            var waterfall = new Waterfall(chosen);
            foreach (var (deals, _) in changes)
            {
                waterfall.Add(deals.Change);
            }

            var currency = query.Currency ?? currencies.FirstOrDefault();
            Line[] lines = [.. waterfall.Lines.Select(line => new Line(line.Kind, line.Deals, Of(line.Amount)))];
            var each = detail == true
                ? changes.Select(change => new DealLines(
                    change.Deals.DealId!.Value.Value, Of(change.Deals.Change.Start),
                    [.. change.Lines.Select(line => new DealLine(line.Kind, Of(line.Amount)))], Of(change.Deals.Change.End)))
                : null;
            return format.Value != AnswerFormat.Csv
                ? TypedResults.Ok(new Response(
                    asOf, query.From, chosen, Of(waterfall.Start), waterfall.StartDeals, lines, Of(waterfall.End),
                    waterfall.EndDeals, currency is null ? "no-amounts" : null, each?.ToArray()))
                : each is null
                    ? new Csv<Line>(Columns, lines.ToAsyncEnumerable())
                    : new Csv<(string DealId, DealLine Line)>(
                        DealColumns, each.SelectMany(deal => deal.Lines.Select(line => (deal.DealId, line))).ToAsyncEnumerable());

            Money? Of(decimal amount) => currency is null ? null : new Money(amount, currency).Rounded();
        }
    }

    private static CsvColumn<Line>[] Columns { get; } =
    [
        CsvColumn<Line>.Text("kind", line => EnumName<WaterfallKind>.Of(line.Kind)),
        CsvColumn<Line>.Number("deals", line => line.Deals),
        CsvColumn<Line>.Text("currency", line => line.Amount?.Currency),
        CsvColumn<Line>.Amount("amount", line => line.Amount),
    ];

    private static CsvColumn<(string DealId, DealLine Line)>[] DealColumns { get; } =
    [
        CsvColumn<(string DealId, DealLine Line)>.Text("dealId", row => row.DealId),
        CsvColumn<(string DealId, DealLine Line)>.Text("kind", row => EnumName<WaterfallKind>.Of(row.Line.Kind)),
        CsvColumn<(string DealId, DealLine Line)>.Text("currency", row => row.Line.Amount?.Currency),
        CsvColumn<(string DealId, DealLine Line)>.Amount("amount", row => row.Line.Amount),
    ];
}
