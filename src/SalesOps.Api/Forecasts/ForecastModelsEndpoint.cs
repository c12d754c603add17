using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Forecasts;

/// <summary><c>GET /v1/forecasts/{period}/models</c></summary>
internal sealed class ForecastModelsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/forecasts/{period}/models", HandleAsync)
        .WithName("GetForecastModels").WithTags("Forecasts")
        .WithSummary("What the system's own models say of a period, each by what was known at the two times alone.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        string period, ReadAt at, ChosenFormat format, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        if (Period.Find(period) is not { } days)
        {
            return Problem.BrokenRule(InputError.InParameter(
                "period", ForecastRules.PeriodUnknown.Code, ForecastRules.PeriodUnknown.Detail));
        }

        return await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var known = new ModelKnowledge(
                at.ValidAt, asOf.KnownAt ?? DateTimeOffset.MinValue, caller.Calendar.DateOf(at.ValidAt), days);
            await foreach (var deal in DealPasts.RecordedAsync(facts, at.ValidAt, instants: null, cancellation))
            {
                known.Add(deal);
            }

            var pipelines = await facts.PipelinesAsync(at.ValidAt, cancellation);
            ModelItem[] items =
            [
                .. Enum.GetValues<ForecastModel>().SelectMany(model =>
                    ModelItem.Of(ForecastModels.Of(model, known, id => pipelines.GetValueOrDefault(id)))),
            ];
            return format.Value == AnswerFormat.Csv
                ? new Csv<ModelItem>(ModelItem.Columns, items.ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, period, Simulation.Draws, items));
        }
    }

    /// <param name="Draws">How often the simulation draws.</param>
    internal sealed record Response(AsOfView AsOf, string Period, int Draws, IReadOnlyList<ModelItem> Items);
}

/// <summary>What a model says of a period, in one currency.</summary>
/// <param name="Key">The model.</param>
/// <param name="Forecast">Absent where it can say nothing; of a simulation the median.</param>
/// <param name="Reason">Why it can say nothing.</param>
/// <param name="Deals">How many open deals it goes by.</param>
/// <param name="Excluded">How many it has no rate for.</param>
internal sealed record ModelItem(
    ForecastModel Key, Money? Forecast, Money? P10, Money? P50, Money? P90, string? Reason, int Deals, int Excluded)
{
    public static CsvColumn<ModelItem>[] Columns { get; } =
    [
        CsvColumn<ModelItem>.Text("key", item => EnumName<ForecastModel>.Of(item.Key)),
        CsvColumn<ModelItem>.Text("currency", item => item.Forecast?.Currency),
        CsvColumn<ModelItem>.Amount("forecast", item => item.Forecast),
        CsvColumn<ModelItem>.Amount("p10", item => item.P10),
        CsvColumn<ModelItem>.Amount("p50", item => item.P50),
        CsvColumn<ModelItem>.Amount("p90", item => item.P90),
        CsvColumn<ModelItem>.Text("reason", item => item.Reason),
        CsvColumn<ModelItem>.Number("deals", item => item.Deals),
        CsvColumn<ModelItem>.Number("excluded", item => item.Excluded),
    ];

    public static IEnumerable<ModelItem> Of(ModelForecast said) => said.Amounts is []
        ? [new(said.Model, null, null, null, null, said.Reason, said.Deals, said.Excluded)]
        : said.Amounts.Select(one => new ModelItem(
            said.Model, one.Amount, one.P10, one.P50, one.P90, null, said.Deals, said.Excluded));
}
