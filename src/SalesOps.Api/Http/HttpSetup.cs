using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, int>(_ =>
                RateLimitPartition.GetConcurrencyLimiter(0, _ => new ConcurrencyLimiterOptions
                {
                    PermitLimit = RequestsAtOnce,
                    QueueLimit = RequestsWaiting,
                }));
        });
        services.AddAuthorization(Policies.Add);
        AddAuthentication(services, configuration["Auth:Mode"] ?? DevelopmentAuthentication.Mode);
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
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<RequestChecks>();
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
        return app;
    }

    /// <summary>The group <c>/v1</c>, where every operation is.</summary>
    public static RouteGroupBuilder MapApiGroup(this IEndpointRouteBuilder app) => app.MapGroup("/v1").WithApiConventions();

    private static void AddAuthentication(IServiceCollection services, string mode)
    {
        if (!string.Equals(mode, DevelopmentAuthentication.Mode, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Auth:Mode is '{mode}'; there is only {DevelopmentAuthentication.Mode}.");
        }

        services.AddAuthentication(mode)
            .AddScheme<AuthenticationSchemeOptions, DevelopmentAuthentication>(mode, null);
    }

    private static Task SecureAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            if (context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
            {
                // Figures of a company do not belong in the caches of others.
                context.Response.Headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
