using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Forecasts;

/// <summary><c>GET /v1/forecasts/{period}</c></summary>
internal sealed class GetForecastEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/forecasts/{period}", HandleAsync)
        .WithName("GetForecast").WithTags("Forecasts")
        .WithSummary("A period's forecast rolled up over the organisation as it was, or by team or category.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>().Problems(422);

    /// <summary>What a forecast is grouped by.</summary>
    internal enum Grouping
    {
        /// <summary>The tree: managers, then each direct report with all below.</summary>
        Owner,
        Team,
        Category,
    }

    private static async Task<IResult> HandleAsync(
        string period, string? ownerId, Choice<Grouping>? groupBy, ReadAt at, ChosenFormat format, Caller caller, FactReads reads,
        CancellationToken cancellation)
    {
        if (Period.Find(period) is not { } days)
        {
            return Problem.BrokenRule(InputError.InParameter(
                "period", ForecastRules.PeriodUnknown.Code, ForecastRules.PeriodUnknown.Detail));
        }

        if (ownerId is not null && !Identifier.IsValid(ownerId))
        {
            return Problem.BadParameter("ownerId", "bad-id", "An id has 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', '~' and '-'.");
        }

        RepId? top = ownerId is null ? null : new RepId(ownerId);
        return await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var nodes = await facts.RollUpAsync(period, at.ValidAt, top, cancellation);
            var chosen = groupBy?.Value ?? Grouping.Owner;
            ForecastItem[] items = chosen switch
            {
                Grouping.Owner => [.. nodes.Select(node => ForecastItem.Of(node, isTop: top is not null && node.Id == top))],
                Grouping.Team => ForecastItem.ByTeam(nodes),
                _ => ForecastItem.ByCategory(nodes, isTop: top is not null),
            };
            return format.Value == AnswerFormat.Csv
                ? new Csv<ForecastLine>(ForecastLine.Columns, items.SelectMany(ForecastLine.Of).ToAsyncEnumerable())
                : TypedResults.Ok(new Response(asOf, period, days.From, days.To, chosen, items));
        }
    }

    /// <param name="From">The period's first day.</param>
    /// <param name="To">The day after its last.</param>
    /// <param name="Items">For the tree, from the top down: each rep is followed by everybody below.</param>
    internal sealed record Response(
        AsOfView AsOf, string Period, DateOnly From, DateOnly To, Grouping GroupBy, IReadOnlyList<ForecastItem> Items);
}
