using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using SalesOps.Api.Ledger;
using SalesOps.Store;
using SalesOps.Testing;

namespace SalesOps.Integration.Tests.Ledger;

/// <summary>A program whose services don't run: the test moves them.</summary>
internal sealed class StillHost : ApiHost, IAsyncDisposable
{
    /// <summary>Brings the read tables up to the log.</summary>
    public Task ProjectAsync() => Services.GetRequiredService<Projector>().CatchUpAsync(CancellationToken.None);

    /// <summary>Follows the log to its head, once, as the leader does.</summary>
    public Task PostPayAsync() => new Reactor(
        Services.GetRequiredService<DatabasePools>(), Services.GetRequiredService<EventStore>(),
        Services.GetServices<IReactor>().Single(reactor => reactor.Name == CompensationReactor.ProgressName),
        TimeProvider.System, NullLogger<Reactor>.Instance).CatchUpAsync(CancellationToken.None);

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    protected override void Configure(IServiceCollection services)
    {
        foreach (var hosted in services.Where(service => service.ServiceType == typeof(IHostedService)).ToArray())
        {
            services.Remove(hosted);
        }
    }
}
