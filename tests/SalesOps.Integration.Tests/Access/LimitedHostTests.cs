using Microsoft.Extensions.Configuration;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Access;

public sealed class LimitedHostTests(LimitedHostTests.Host api) : IClassFixture<LimitedHostTests.Host>
{
    [Fact]
    public async Task Who_asks_too_often_is_told_to_wait_and_others_are_not()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => api.GetAsync("/v1/pipelines", ("X-Actor", "busy"))));
        var refused = Assert.Single(answers.Where(answer => answer.Status == 429).Take(1));
        Assert.Equal(("too-many-requests", "1"), (refused["code"], refused.Headers["Retry-After"]));
        (await api.GetAsync("/v1/pipelines", ("X-Actor", "calm"))).Expect(200);
    }

    [Fact]
    public async Task Only_known_pages_may_call_from_a_browser_and_none_may_frame_or_cache_an_answer()
    {
        var known = await api.GetAsync("/v1/pipelines", ("X-Actor", "page"), ("Origin", "https://app.example"));
        Assert.Equal("https://app.example", known.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("ETag", known.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
        Assert.Equal(
            ("nosniff", "DENY", "no-referrer", "no-store"),
            (known.Headers["X-Content-Type-Options"], known.Headers["X-Frame-Options"], known.Headers["Referrer-Policy"],
                known.Headers["Cache-Control"]));
        var other = await api.GetAsync("/v1/pipelines", ("X-Actor", "page"), ("Origin", "https://evil.example"));
        Assert.False(other.Headers.ContainsKey("Access-Control-Allow-Origin"));
    }

    public sealed class Host : ApiHost
    {
        protected override void Set(IConfiguration settings)
        {
            settings["Limits:RequestsPerSecond"] = "2";
            settings["Cors:Origins"] = "https://app.example";
        }
    }
}
