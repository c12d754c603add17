using SalesOps.Api.Access;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Streams;

/// <summary>The write side: how commands reach the log.</summary>
internal static class StreamsSetup
{
    /// <summary>How many streams are kept ready for the next command.</summary>
    private const int CachedStreams = 50_000;

    public static IServiceCollection AddStreams(this IServiceCollection services) => services
        .AddSingleton(provider => new StateCache<object>(provider.GetRequiredService<EventStore>(), CachedStreams))
        .AddSingleton<StreamTurns>()
        .AddSingleton<ReservedIds>()
        .AddSingleton<CommandRunner>()
        .AddSingleton<RowScope>()
        .AddSingleton<StreamReads>();
}
