using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>The read side: the projection of the facts and the reads of them.</summary>
internal static class FactsSetup
{
    public static IServiceCollection AddFacts(this IServiceCollection services) => services
        .AddSingleton<IProjection, FactsProjection>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<Projector>(provider))
        .AddSingleton<Rebuilder>()
        .AddSingleton<FactReads>()
        .AddHostedService<ProjectionService>();
}
