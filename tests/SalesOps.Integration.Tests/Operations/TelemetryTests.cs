using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Operations;

public sealed class TelemetryTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Measurements_of_requests_appends_and_followers_can_be_scraped()
    {
        (await host.PostAsync("/v1/deals", """{"id":"d1","name":"Discs"}""")).Expect(201);
        (await host.PostAsync("/v1/deals/d1/stage", """{"stage":"nowhere"}""")).Expect(422);

        var text = (await host.GetAsync("/metrics")).Expect(200).Text;

        Assert.Contains("outcome=\"Appended\"", text, StringComparison.Ordinal);
        Assert.Contains("salesops_append_duration_seconds_count", text, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/v1/deals/{dealId}/stage\"", text, StringComparison.Ordinal);
        Assert.Contains("follower=\"notary\"", text, StringComparison.Ordinal);
        Assert.Contains("salesops_log_position", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_tell_neither_where_the_database_is_nor_anything_of_the_business()
    {
        (await host.PostAsync("/v1/deals", """{"id":"very-secret","name":"Takeover of Acme"}""")).Expect(201);

        var text = (await host.GetAsync("/metrics")).Expect(200).Text;

        // Other databases of this process may be named by where they are; the program's are named by what they are for.
        Assert.Contains("db_client_connection_pool_name=\"web\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("salesops web", text, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Acme", text, StringComparison.Ordinal);
    }
}
