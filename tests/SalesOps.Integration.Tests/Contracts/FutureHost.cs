using Microsoft.Extensions.DependencyInjection;
using SalesOps.Testing;

namespace SalesOps.Integration.Tests.Contracts;

/// <summary>The program in the middle of 2030, or whenever a test says.</summary>
public sealed class FutureHost : ApiHost
{
    public FutureHost()
    {
    }

    /// <summary>A second program on the same database, by the same clock.</summary>
    internal FutureHost(FutureHost other)
        : base(other) => Clock = other.Clock;

    public FakeClock Clock { get; } = new(new(2030, 6, 1, 12, 0, 0, TimeSpan.Zero));

    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock);
}
