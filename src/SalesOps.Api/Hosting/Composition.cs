using SalesOps.Api.Assignments;
using SalesOps.Api.Audit;
using SalesOps.Api.Contracts;
using SalesOps.Api.Facts;
using SalesOps.Api.Forecasts;
using SalesOps.Api.Http;
using SalesOps.Api.Imports;
using SalesOps.Api.Ledger;
using SalesOps.Api.Live;
using SalesOps.Api.Operations;
using SalesOps.Api.Privacy;
using SalesOps.Api.Streams;
using SalesOps.Store;

namespace SalesOps.Api.Hosting;

/// <summary>What the program is made of, given a database: the same for the server, its command line and tests.</summary>
internal static class Composition
{
    public static IServiceCollection AddSalesOps(
        this IServiceCollection services, IConfiguration configuration, string connectionString) => services
        .AddSalesOpsHttp(configuration)
        .AddDatabase(connectionString, PrivacySetup.MasterKeysOf(configuration))
        .AddSingleton(provider => CursorSecret.In(provider.GetRequiredService<DatabasePools>().Web))
        .AddSingleton(provider => new Migrator(
            provider.GetRequiredService<DatabasePools>().Background,
            [typeof(EventStore).Assembly, typeof(Composition).Assembly],
            provider.GetRequiredService<ILogger<Migrator>>()))
        .AddSingleton<EventStore>()
        .AddStreams()
        .AddFacts()
        .AddContracts()
        .AddAssignments()
        .AddLedger()
        .AddForecasts()
        .AddImports()
        .AddAudit(configuration)
        .AddPrivacy()
        .AddSingleton<LiveEvents>()
        .AddOperations(configuration);

    private static IServiceCollection AddDatabase(
        this IServiceCollection services, string connectionString, MasterKeys masters) => services.AddSingleton(provider =>
            new DatabasePools(connectionString, provider.GetRequiredService<ILoggerFactory>(), masters));
}
