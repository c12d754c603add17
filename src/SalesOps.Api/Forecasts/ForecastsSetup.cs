namespace SalesOps.Api.Forecasts;

/// <summary>What forecasts need.</summary>
internal static class ForecastsSetup
{
    public static IServiceCollection AddForecasts(this IServiceCollection services) => services.AddSingleton<DealPasts>();
}
