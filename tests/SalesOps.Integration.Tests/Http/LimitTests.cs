using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using SalesOps.Api.Http;
using Xunit;

namespace SalesOps.Integration.Tests.Http;

public sealed class LimitTests(LimitTests.NarrowHost host) : IClassFixture<LimitTests.NarrowHost>
{
    [Fact]
    public async Task A_request_that_takes_too_long_is_ended()
    {
        var answer = await host.GetAsync("/v1/probe-failures?how=hang");
        answer.Problem(503, "too-slow");
        Assert.Equal("5", answer.Headers["Retry-After"]);
    }

    [Fact]
    public async Task Requests_beyond_those_at_once_and_those_waiting_are_refused()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.GetAsync("/v1/probe-failures?how=hang")));
        var refused = answers.Where(answer => answer.Status == 429).ToArray();
        Assert.Equal(3, refused.Length);
        Assert.All(refused, answer => answer.Problem(429, "too-many-requests"));
        Assert.All(refused, answer => Assert.Equal("1", answer.Headers["Retry-After"]));
    }

    /// <summary>Ends requests after half a second, runs one at a time and lets one wait.</summary>
    public sealed class NarrowHost : HttpHost
    {
        protected override void Configure(IServiceCollection services)
        {
            services.PostConfigure<RequestTimeoutOptions>(timeouts =>
                timeouts.DefaultPolicy = RouteConventions.TimeoutAfter(TimeSpan.FromMilliseconds(500)));
            services.PostConfigure<RateLimiterOptions>(limiter =>
                limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, int>(_ =>
                    RateLimitPartition.GetConcurrencyLimiter(0, _ => new ConcurrencyLimiterOptions
                    {
                        PermitLimit = 1,
                        QueueLimit = 1,
                    })));
        }
    }
}
