using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Operations;

/// <summary>
/// Measurements of the running program: <c>GET /metrics</c> for whoever scrapes, and pushed together with traces where
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector. No label carries a tenant, a stream or a person.
/// </summary>
internal static class Telemetry
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHostedService<LogGauges>();
        var hasCollector = configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("salesops"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(
                    "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql",
                    StoreMeter.Name, LogGauges.MeterName);
                metrics.AddPrometheusExporter();
                if (hasCollector)
                {
                    metrics.AddOtlpExporter();
                }
            });
        if (hasCollector)
        {
            // Spans of every request and statement cost something, so they are made where somebody takes them only.
            telemetry.WithTracing(traces => traces.AddSource("Microsoft.AspNetCore", "Npgsql").AddOtlpExporter());
        }

        return services;
    }

    /// <summary>Outside of <c>/v1</c>; for operators, who see nothing of the business by it.</summary>
    public static void MapTelemetry(this IEndpointRouteBuilder app) => app.MapPrometheusScrapingEndpoint("/metrics")
        .RequireAuthorization(Policies.Operate)
        .DisableRateLimiting();
}
