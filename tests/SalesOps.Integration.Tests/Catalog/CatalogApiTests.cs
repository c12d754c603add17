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
    public async Task What_customers_cost_what_stays_of_them_and_how_well_reps_foresee_are_measures_too()
    {
        foreach (var measure in (string[])
            ["cac", "ltv", "payback", "grossRetention", "netRetention", "renewalRate", "forecastWape", "ramp"])
        {
            await PutAsync($"m-{measure}", $$"""
                {"name":"M","definition":"d","measure":"{{measure}}","target":"1000","effectiveAt":"2010-01-01"}
                """);
            var absent = await AskAsync($"/v1/metrics/catalog/m-{measure}?period=2005-Q1");
            Assert.True(absent["value"] is null && absent["reason"] is not null, absent.Text);
        }

        await PostAsync("/v1/costs", """{"kind":"sales","period":"2015-Q1","amount":{"amount":"6000","currency":"USD"} }""");
        await PostAsync("/v1/costs", """{"kind":"delivery","period":"2015-Q1","amount":{"amount":"750","currency":"USD"} }""");
        await WinAsync("m1", "100", "2015-03-31", ""","accountId":"m-acme","ownerId":"m15" """);
        await PostAsync("/v1/forecasts/submissions", """
            {"period":"2015-03","ownerId":"m15","category":"commit","amount":{"amount":"80","currency":"USD"},
             "effectiveAt":"2015-03-01"}
            """);
        await PostAsync("/v1/contracts", """
            {"id":"m-c","accountId":"m-acme","termStart":"2014-07-01","termEnd":"2015-12-31","autoRenew":false,"noticeDays":30,
             "value":{"amount":"18000.00","currency":"USD"},"effectiveAt":"2014-06-01"}
            """);
        await PostAsync("/v1/contracts/m-c/sign", """{"signedOn":"2014-06-02"}""");
        Assert.Equal("6000", await ValueAsync("cac"));
        Assert.Equal("1", await ValueAsync("grossRetention"));
        Assert.Equal("0.2", await ValueAsync("forecastWape"));

        // 12000 a year are 1000 a month and 3000 in the quarter; a quarter of it is delivered: 6000 ÷ (1000 · 0.75).
        Assert.Equal("8", await ValueAsync("payback"));
        Assert.Equal("no-denominator", (await AskAsync("/v1/metrics/catalog/m-ltv?period=2015-Q1"))["reason"]);

        await PostAsync("/v1/reps", """{"id":"m15","name":"New","hiredOn":"2015-01-05","effectiveAt":"2015-01-05"}""");
        foreach (var month in (string[])["2015-03", "2015-04"])
        {
            await PostAsync("/v1/quotas", $$"""
                {"repId":"m15","period":"{{month}}","amount":{"amount":"100","currency":"USD"} }
                """);
        }

        await WinAsync("m2", "90", "2015-04-10", ""","accountId":"m-acme","ownerId":"m15" """);
        Assert.Equal("86", await ValueAsync("ramp"));

        async Task<string?> ValueAsync(string measure) =>
            (await AskAsync($"/v1/metrics/catalog/m-{measure}?period=2015-Q1"))["value"];
    }

    [Fact]
    public async Task The_effect_of_a_training_is_what_the_same_reps_closed_before_and_after_it()
    {
        foreach (var (rep, hired) in new[] { ("t1", "2016-01-01"), ("t2", "2018-03-20") })
        {
            await PostAsync("/v1/reps", $$"""{"id":"{{rep}}","name":"T","hiredOn":"{{hired}}","effectiveAt":"{{hired}}"}""");
            await PostAsync($"/v1/reps/{rep}/training", """{"training":"Value selling","completedOn":"2018-04-01"}""");
            await WinAsync($"{rep}-a", "100", "2018-03-25", $",\"ownerId\":\"{rep}\"");
            await WinAsync($"{rep}-b", "300", "2018-04-20", $",\"ownerId\":\"{rep}\"");
        }

        const string path = "/v1/metrics/training?training=Value%20selling&days=30";
        var effect = await AskAsync($"{path}&asOf=2018-12-31");
        Assert.Equal(
            ("30", "Value selling", "1", "notThereBefore", "1"),
            (effect["days"], effect["items.0.key"], effect["items.0.reps"], effect["items.0.excluded.0.reason"],
                effect["items.0.excluded.0.reps"]));
        Assert.Equal(
            ("bookings", "USD", "100", "300", "200", "2", "300"),
            (effect["items.0.measures.2.measure"], effect["items.0.measures.2.currency"], effect["items.0.measures.2.before"],
                effect["items.0.measures.2.after"], effect["items.0.measures.2.delta"], effect["items.0.measures.2.deltaPercent"],
                effect["items.0.measures.2.index"]));
        Assert.Equal("notOverYet", (await AskAsync($"{path}&asOf=2018-04-25"))["items.0.excluded.0.reason"]);
        Assert.Equal("[]", (await AskAsync($"{path}&from=2019-01-01"))["items"]);
        var csv = await api.GetAsync($"{path}&asOf=2018-12-31", ("Accept", "text/csv"));
        Assert.Contains("Value selling,1,bookings,USD,100,300,200,2,300", csv.Text, StringComparison.Ordinal);
        (await api.GetAsync("/v1/metrics/training?days=0")).Expect(422);
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

    private async Task PostAsync(string path, string body)
    {
        var answer = await api.PostAsync(path, body);
        Assert.True(answer.Status is 200 or 201, $"{path} {answer.Status}: {answer.Text}");
    }

    private async Task WinAsync(string deal, string amount, string on, string members = "")
    {
        (await api.PostAsync("/v1/deals", $$"""
            {"id":"{{deal}}","name":"D","amount":{"amount":"{{amount}}","currency":"USD"},
             "effectiveAt":"{{on[..4]}}-01-01"{{members}} }
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
