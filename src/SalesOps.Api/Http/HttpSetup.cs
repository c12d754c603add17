using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SalesOps.Api.Access;
using SalesOps.Api.Audit;
using SalesOps.Api.Operations;

namespace SalesOps.Api.Http;

/// <summary>Puts the conventions of the API together: services, the order of the pipeline, the routes.</summary>
internal static class HttpSetup
{
    private const int ConnectionsAtOnce = 10_000;
    private const int RequestsAtOnce = 512;
    private const int RequestsWaiting = 2048;

    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    public static IServiceCollection AddSalesOpsHttp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.ConfigureHttpJsonOptions(http => ApiJson.Configure(http.SerializerOptions));
        services.PostConfigure<JsonOptions>(http => ApiJson.RequireWhatCannotBeNull(http.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<KestrelServerOptions>(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = RequestChecks.BodyLimit;
            server.Limits.MaxConcurrentConnections = ConnectionsAtOnce;
        });
        services.AddExceptionHandler<ExceptionProblems>();
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = RouteConventions.TimeoutAfter(LongestRequest));
        var perSecond = CallerLimits.PerSecond(configuration);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            var together = PartitionedRateLimiter.Create<HttpContext, int>(_ =>
                RateLimitPartition.GetConcurrencyLimiter(0, _ => new ConcurrencyLimiterOptions
                {
                    PermitLimit = RequestsAtOnce,
                    QueueLimit = RequestsWaiting,
                }));
            limiter.GlobalLimiter = perSecond is { } limit
                ? PartitionedRateLimiter.CreateChained(CallerLimits.Create(limit), together)
                : together;
        });
        services.AddBrowserAccess(configuration);
        services.AddAccess(configuration);
        services.AddApiDocument();
        return services;
    }

    /// <summary>The pipeline; each step stands before those whose trouble it answers for.</summary>
    public static WebApplication UseSalesOpsHttp(this WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        app.Use(SecureAsync);
        app.UseStatusCodePages(pages => Problem.OfStatus(pages.HttpContext.Response.StatusCode).ExecuteAsync(pages.HttpContext));
        app.UseExceptionHandler(_ => { });
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.UseAuthorization();
        app.UseMiddleware<RequestChecks>();
        app.UseMiddleware<OwnerChecks>();
        app.UseMiddleware<RecordedReads>();
        return app;
    }

    /// <summary>All operations, the document and its page.</summary>
    public static WebApplication MapSalesOps(this WebApplication app)
    {
        var group = app.MapApiGroup();
        foreach (var endpoint in Endpoints.All)
        {
            endpoint.Map(group);
        }

        app.MapApiDocument();
        app.MapHealth();
        app.MapTelemetry();
        return app;
    }

    /// <summary>The group <c>/v1</c>, where every operation is.</summary>
    public static RouteGroupBuilder MapApiGroup(this IEndpointRouteBuilder app) => app.MapGroup("/v1").WithApiConventions();

    private static Task SecureAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.XFrameOptions = "DENY";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            if (context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
            {
                // Figures of a company do not belong in the caches of others.
                context.Response.Headers.CacheControl = "no-store";
                context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
