using System.Text;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Catalog;

/// <summary>The catalogue of metrics through the front door.</summary>
public sealed class CatalogApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_metric_stands_beside_the_period_before_last_year_benchmark_and_target()
    {
        await WinAsync("a1", "100", "2011-04-10");
        await WinAsync("a2", "80", "2012-01-10");
        await WinAsync("a3", "120", "2012-04-10");
        await PutAsync("bookings", """
            {"name":"Bookings","definition":"won amounts","measure":"bookings","target":"100","benchmark":"240","owner":"ada",
             "effectiveAt":"2010-01-01"}
            """);
        var metric = await AskAsync("/v1/metrics/catalog/bookings?period=2012-Q2");
        Assert.Equal(
            ("1", "120", "true", "100"), (metric["definitionVersion"], metric["value"], metric["targetMet"], metric["target"]));
        Assert.Equal(
            ("previousPeriod", "80", "40", "0.5", "150"),
            (metric["comparisons.0.with"], metric["comparisons.0.value"], metric["comparisons.0.delta"],
                metric["comparisons.0.deltaPercent"], metric["comparisons.0.index"]));
        Assert.Equal(("2011-Q2", "120"), (metric["comparisons.1.period"], metric["comparisons.1.index"]));
        Assert.Equal(("benchmark", "50"), (metric["comparisons.2.with"], metric["comparisons.2.index"]));
        Assert.Equal(("target", "120"), (metric["comparisons.3.with"], metric["comparisons.3.index"]));

        var alerts = await AskAsync("/v1/metrics/alerts?from=2012-01-01&to=2012-07-01");
        Assert.Contains("\"period\":\"2012-Q2\"", alerts.Text, StringComparison.Ordinal);

        // By another definition the periods are no longer alike, unless the older one is reckoned anew.
        await PutAsync("bookings", """
            {"name":"Bookings","definition":"won deals","measure":"dealsWon","target":"100","owner":"ada","effectiveAt":"2012-04-01"}
            """);
        var other = await AskAsync("/v1/metrics/catalog/bookings?period=2012-Q2");
        Assert.Equal(
            ("2", "1", null, "definition-differs"),
            (other["definitionVersion"], other["value"], other["comparisons.0.value"], other["comparisons.0.reason"]));
        var replayed = await AskAsync("/v1/metrics/catalog/bookings?period=2012-Q2&acrossDefinitions=replay");
        Assert.Equal(("1", "100"), (replayed["comparisons.0.value"], replayed["comparisons.0.index"]));
        Assert.Equal("80", (await AskAsync("/v1/metrics/catalog/bookings?period=2012-Q1"))["value"]);

        await PutAsync("bookings", """
            {"name":"Bookings","definition":"won deals","measure":"dealsWon","target":"100","owner":"ada","retired":true,
             "effectiveAt":"2012-10-01"}
            """);
        Assert.Equal("true", (await AskAsync("/v1/metrics/catalog/bookings?period=2012-Q2"))["retired"]);
        Assert.Contains("\"bookings\"", (await AskAsync("/v1/metrics/catalog")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_input_is_refused()
    {
        (await api.GetAsync("/v1/metrics/catalog/nothing")).Expect(404);
        await PutAsync("words", """{"name":"Mood","definition":"how it feels"}""");
        Assert.Equal("no-measure", (await AskAsync("/v1/metrics/catalog/words?period=2012-Q2"))["reason"]);
        (await api.GetAsync("/v1/metrics/catalog/words?period=2012-Q7")).Expect(422);
        (await SendAsync("words", """{"name":" ","definition":"x"}""")).Expect(422);
        (await SendAsync("words", """{"name":"x"}""")).Expect(400);
        (await SendAsync("words", """{"name":"x","definition":"y","measure":"luck"}""")).Expect(400);
    }

    private Task<ApiAnswer> SendAsync(string id, string json) => api.SendAsync(
        HttpMethod.Put, $"/v1/metrics/catalog/{id}", new StringContent(json, Encoding.UTF8, "application/json"));

    private async Task PutAsync(string id, string json) => (await SendAsync(id, json)).Expect(200);

    private async Task WinAsync(string deal, string amount, string on)
    {
        (await api.PostAsync("/v1/deals", $$"""
            {"id":"{{deal}}","name":"D","amount":{"amount":"{{amount}}","currency":"USD"},"effectiveAt":"{{on[..4]}}-01-01"}
            """)).Expect(201);
        (await api.PostAsync($"/v1/deals/{deal}/win", $$"""{"closedOn":"{{on}}"}""")).Expect(200);
    }

    private async Task<ApiAnswer> AskAsync(string path)
    {
        var head = await api.PostAsync("/v1/accounts", $$"""{"id":"a{{Guid.CreateVersion7()}}","name":"head"}""");
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return (await api.GetAsync($"{path}{separator}minPosition={head["position"]}")).Expect(200);
    }
}
