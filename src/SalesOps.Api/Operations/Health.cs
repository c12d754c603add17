using System.Text.Json.Serialization;

namespace SalesOps.Api.Operations;

/// <summary><c>GET /health/live</c> and <c>GET /health/ready</c>: for whoever starts servers and sends them requests.</summary>
internal static class Health
{
    internal sealed record Live(string Status);

    /// <summary>Outside of <c>/v1</c>: they say nothing of the business, so they need no caller.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        // A server that is full is not dead: it must be able to say so.
        var health = app.MapGroup("/health").AllowAnonymous().DisableRateLimiting().ExcludeFromDescription();
        health.MapGet("/live", () => TypedResults.Json(new Live("live"), HealthJson.Default.Live));
        health.MapGet("/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken cancellation)
    {
        var report = await readiness.CheckAsync(cancellation);
        var status = report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return TypedResults.Json(report, HealthJson.Default.ReadinessReport, statusCode: status);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Health.Live))]
[JsonSerializable(typeof(ReadinessReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
