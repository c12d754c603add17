namespace SalesOps.Api.Access;

/// <summary>Which web pages may call the API from a browser: none, but for the origins in <c>Cors__Origins</c>.</summary>
internal static class BrowserAccess
{
    private static readonly string[] shown = ["ETag", "Location", "Retry-After", "Idempotent-Replayed"];

    public static IServiceCollection AddBrowserAccess(this IServiceCollection services, IConfiguration configuration) =>
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins((configuration["Cors:Origins"] ?? string.Empty).Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .AllowAnyHeader()
            .WithMethods("GET", "POST", "PUT")
            .WithExposedHeaders(shown)));
}
