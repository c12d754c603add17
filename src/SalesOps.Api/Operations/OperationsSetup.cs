using SalesOps.Store;

namespace SalesOps.Api.Operations;

/// <summary>What keeps the program sound while it runs: the notary, the purge of old keys, health.</summary>
internal static class OperationsSetup
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<Notary>()
        .AddSingleton<Verifier>()
        .AddSingleton<Readiness>()
        .AddHostedService<NotaryService>()
        .AddHostedService<KeyPurgeService>();
}
