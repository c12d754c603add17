using SalesOps.Integration.Tests.Imports;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Forecasts;

/// <summary>Models and back-tests through the front door, over an export of a CRM and over what was said here.</summary>
public sealed class BacktestApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task An_imported_history_is_replayed_by_what_its_source_knew_and_nothing_learned_later_gets_in()
    {
        await ImportAsync();
        const string path = "/v1/forecasts/backtest?model=closedPlusWeighted&from=2024-01-01&to=2024-04-01&step=week";
        var before = await AskAsync(path);
        Assert.Equal(("closedPlusWeighted", "source"), (before["model"], before["knowledge"]));
        Assert.NotEqual("[]", before["accuracy"]);
        var items = before.Json.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(13, items.Length);
        Assert.Contains(items, item => item.TryGetProperty("forecast", out _));

        const string models = "/v1/forecasts/2024-Q1/models?asOf=2024-02-20";
        var now = await AskAsync(models);

        // A deal that is put in today, however far back it is dated, was not known then.
        await PostAsync("/v1/deals", """
            {"id":"planted","name":"P","ownerId":"x","stage":"negotiation","amount":{"amount":"777777","currency":"USD"},
             "expectedClose":"2024-03-20","effectiveAt":"2024-01-01"}
            """);
        var after = await AskAsync(path);
        Assert.Equal(before["items"], after["items"]);

        // Control: the same deal is in what is forecast of then by all that is known now.
        Assert.NotEqual(now["items.0.forecast"], (await AskAsync(models))["items.0.forecast"]);

        // Recorded here, nothing of it was known in 2024.
        var recorded = await AskAsync(path + "&knowledge=recorded");
        Assert.All(
            recorded.Json.GetProperty("items").EnumerateArray(),
            item => Assert.Equal("no-deals", item.GetProperty("reason").GetString()));
        Assert.Equal("[]", recorded["accuracy"]);

        foreach (var model in new[] { "stageAgeWinRate", "runRate", "simulation" })
        {
            Assert.Equal(model, (await AskAsync(path.Replace("closedPlusWeighted", model, StringComparison.Ordinal)))["model"]);
        }

        var byModel = await AskAsync("/v1/forecasts/accuracy?from=2024-01-01&to=2024-04-01&by=model&horizon=0");
        Assert.Contains("closedPlusWeighted", byModel.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_answer_by_the_two_times_and_say_why_they_cannot()
    {
        await PostAsync("/v1/deals", """
            {"id":"b11","name":"P","ownerId":"b","stage":"proposal","amount":{"amount":"100","currency":"EUR"},
             "expectedClose":"2011-03-20","effectiveAt":"2011-01-01"}
            """);
        var models = await AskAsync("/v1/forecasts/2011-Q1/models?asOf=2011-02-01");
        Assert.Equal(
            ("closedPlusWeighted", "50.00", "stageAgeWinRate", "no-history"),
            (models["items.0.key"], models["items.0.forecast.amount"], models["items.1.key"], models["items.1.reason"]));
        Assert.Equal(("runRate", "no-history", "simulation", "no-history"), (
            models["items.2.key"], models["items.2.reason"], models["items.3.key"], models["items.3.reason"]));
        await PostAsync("/v1/deals/b11/win", """{"closedOn":"2011-03-10"}""");
        Assert.Equal("50.00", (await AskAsync("/v1/forecasts/2011-Q1/models?asOf=2011-02-01"))["items.0.forecast.amount"]);
        Assert.Equal("100.00", (await AskAsync("/v1/forecasts/2011-Q1/models?asOf=2011-03-10"))["items.0.forecast.amount"]);
        var again = await api.GetAsync($"/v1/forecasts/2011-Q1/models?asOf={models["asOf.validAt"]}&knownAt={models["asOf.knownAt"]}");
        Assert.Equal(models.Text, again.Text);

        (await api.GetAsync("/v1/forecasts/2011-Q9/models")).Expect(422);
        (await api.GetAsync("/v1/forecasts/backtest?model=crystalBall&from=2011-01-01&to=2011-04-01")).Expect(400);
        (await api.GetAsync("/v1/forecasts/backtest?from=2011-01-01&to=2021-04-01&step=day")).Expect(422);
        (await api.GetAsync("/v1/forecasts/backtest?from=2011-04-01&to=2011-01-01")).Expect(422);
    }

    private async Task ImportAsync()
    {
        using var form = new MultipartFormDataContent();
        foreach (var file in ImportTest.Sample("salesforce"))
        {
            form.Add(new ByteArrayContent(file.Content.ToArray()), file.Name, file.Name);
        }

        (await api.SendAsync(HttpMethod.Post, "/v1/imports?format=salesforce", form, ("Idempotency-Key", "import"))).Expect(200);
    }

    private async Task PostAsync(string path, string body)
    {
        var answer = await api.PostAsync(path, body);
        Assert.True(answer.Status is 200 or 201, $"{answer.Status}: {answer.Text}");
    }

    private async Task<ApiAnswer> AskAsync(string path)
    {
        var head = await api.PostAsync("/v1/accounts", $$"""{"id":"a{{Guid.CreateVersion7()}}","name":"head"}""");
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return (await api.GetAsync($"{path}{separator}minPosition={head["position"]}")).Expect(200);
    }
}
