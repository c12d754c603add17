using SalesOps.Store;

namespace SalesOps.Api.Operations;

/// <summary>What keeps the program sound while it runs: the notary, the purge of old keys, health, measurements.</summary>
internal static class OperationsSetup
{
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<Notary>()
        .AddSingleton<Verifier>()
        .AddSingleton<Readiness>()
        .AddHostedService<NotaryService>()
        .AddHostedService<KeyPurgeService>()
        .AddTelemetry(configuration);
}
