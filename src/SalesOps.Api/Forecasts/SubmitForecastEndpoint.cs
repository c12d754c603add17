using System.Security.Claims;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Forecasts;

/// <summary><c>POST /v1/forecasts/submissions</c></summary>
internal sealed class SubmitForecastEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/forecasts/submissions", HandleAsync)
        .WithName("SubmitForecast").WithTags("Forecasts")
        .WithSummary("Says what a rep's own business of a category comes to in a period; for oneself and for those below.")
        .RequireAuthorization(Policies.SubmitForecasts)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static async Task<IResult> HandleAsync(
        Request body, WriteRequest write, ClaimsPrincipal user, CommandRunner commands, CancellationToken cancellation)
    {
        var time = ForecastTime.Of(body.Period, body.EffectiveAt, write);
        return time.Refusal is { } refusal
            ? Problem.From(refusal)
            : await commands.RunPartAsync(
                write, StreamKinds.Forecasts, ForecastStream.NameOf(body.OwnerId, body.Period), $"{body.OwnerId}~{body.Period}",
                time.At,
                async (forecast, at, session) =>
                    await session.RefuseSubmissionAsync(write.Caller.Actor, user, body.OwnerId, at, cancellation) is { } refused
                        ? refused
                        : SubmitForecast.Decide(forecast, new(body.Category, body.Amount, body.Note)),
                $"/v1/forecasts/{body.Period}", cancellation);
    }

    /// <param name="Period">A month, quarter or year, such as <c>2026-03</c> or <c>2026-Q1</c>.</param>
    /// <param name="OwnerId">Whose own business it is.</param>
    /// <param name="EffectiveAt">When it was said. Default: now, or the last instant of a period that is over.</param>
    internal sealed record Request(
        string Period, RepId OwnerId, ForecastCategory Category, Money Amount, string? Note, DateOrInstant? EffectiveAt);
}
