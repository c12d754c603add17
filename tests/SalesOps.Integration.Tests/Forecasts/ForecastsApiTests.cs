using System.Text.Json;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Forecasts;

/// <summary>Submissions, adjustments and their roll-up through the front door; each test has a year and reps of its own.</summary>
public sealed class ForecastsApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Categories_are_as_submitted_each_by_itself_and_add_up_cumulatively()
    {
        foreach (var (category, amount) in new[] { ("closed", "50"), ("commit", "100"), ("bestCase", "150"), ("pipeline", "200") })
        {
            await SubmitAsync("2011-Q1", "a11", category, amount);
        }

        var forecast = await AskAsync("/v1/forecasts/2011-Q1");
        Assert.Equal(["50.00", "100.00", "150.00", "200.00"], Categories(forecast, "a11", "own"));
        Assert.Equal(["50.00", "150.00", "150.00", "300.00", "450.00"], Cumulative(forecast, "a11", "own"));
        Assert.DoesNotContain("\"a11\"", (await AskAsync("/v1/forecasts/2011-Q2")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deals_stand_where_nothing_is_submitted()
    {
        await DealAsync("d12w", "a12", "50", "2012-02-01", "negotiation");
        await PostAsync("/v1/deals/d12w/win", """{"closedOn":"2012-02-10"}""");
        await DealAsync("d12c", "a12", "100", "2012-03-10", "negotiation");
        await DealAsync("d12b", "a12", "150", "2012-03-10", "proposal");
        await DealAsync("d12p", "a12", "200", "2012-03-10", "prospecting");
        await DealAsync("d12o", "a12", "999", "2012-03-10", "proposal");
        await PostAsync("/v1/deals/d12o/forecast-category", """{"category":"omitted","effectiveAt":"2012-01-03"}""");
        await DealAsync("d12n", "a12", "999", "2012-04-10", "proposal");

        var forecast = await AskAsync("/v1/forecasts/2012-Q1?asOf=2012-02-20");
        Assert.Equal(["50.00", "100.00", "150.00", "200.00"], Categories(forecast, "a12", "own"));
        Assert.Equal(["50.00", "150.00", "150.00", "300.00", "450.00"], Cumulative(forecast, "a12", "raw"));
        Assert.Equal(
            ["150.00", "150.00", "200.00"], Categories(await AskAsync("/v1/forecasts/2012-Q1?asOf=2012-02-09"), "a12", "own"));

        await SubmitAsync("2012-Q1", "a12", "commit", "130", "2012-02-15");
        forecast = await AskAsync("/v1/forecasts/2012-Q1?asOf=2012-02-20");
        Assert.Equal("130.00", Category(forecast, "a12", "commit").GetProperty("own").GetProperty("amount").GetString());
        Assert.Equal("100.00", Category(forecast, "a12", "commit").GetProperty("deals").GetProperty("amount").GetString());
    }

    [Fact]
    public async Task Managers_adjust_direct_reports_and_an_adjustment_goes_stale_when_its_base_moves()
    {
        await RepAsync("top13", null, "2013-01-01");
        await RepAsync("mid13", "top13", "2013-01-01");
        await RepAsync("low13", "mid13", "2013-01-01");
        await SubmitAsync("2013-Q1", "low13", "commit", "100", "2013-01-10", actor: "low13");
        await SubmitAsync("2013-Q1", "mid13", "commit", "20", "2013-01-10", actor: "top13");
        await AdjustAsync("2013-Q1", "low13", "90", "mid13", "2013-01-15");
        await AdjustAsync("2013-Q1", "mid13", "150", "mid13", "2013-01-16");

        var forecast = await AskAsync("/v1/forecasts/2013-Q1?asOf=2013-01-20");
        var (low, mid, top) = (Of(forecast, "low13"), Of(forecast, "mid13"), Of(forecast, "top13"));
        Assert.Equal(("100.00", "100.00", "100.00", "90.00", "90.00", false), low);
        Assert.Equal(("20.00", "120.00", "150.00", "150.00", "150.00", false), mid);
        Assert.Equal((null, "120.00", "150.00", "150.00", null, false), top);
        var adjustment = Category(forecast, "mid13", "commit").GetProperty("adjustments")[0];
        Assert.Equal(("owner", "110.00", "40.00", "mid13"), (
            Text(adjustment, "side"), Money(adjustment, "base"), Money(adjustment, "delta"), Text(adjustment, "author")));

        // The base of the manager's adjustment moves; as of the day before it had not.
        await SubmitAsync("2013-Q1", "low13", "commit", "105", "2013-02-01", actor: "low13");
        Assert.True(Of(await AskAsync("/v1/forecasts/2013-Q1?asOf=2013-02-02"), "low13").Stale);
        Assert.False(Of(await AskAsync("/v1/forecasts/2013-Q1?asOf=2013-01-31"), "low13").Stale);

        // As the rep sees it, nothing that was adjusted above.
        var own = await AskAsync("/v1/forecasts/2013-Q1?asOf=2013-01-20&ownerId=low13");
        Assert.Equal(("100.00", "100.00", "100.00", null, null, false), Of(own, "low13"));
        Assert.DoesNotContain("\"90.00\"", own.Text, StringComparison.Ordinal);

        // Who moves is rolled up elsewhere, and what the manager before said of them counts no longer.
        await PostAsync("/v1/reps/low13/manager", """{"managerId":"top13","effectiveAt":"2013-02-10"}""");
        forecast = await AskAsync("/v1/forecasts/2013-Q1?asOf=2013-02-11");
        Assert.Equal(("105.00", "105.00", "105.00", "105.00", null, false), Of(forecast, "low13"));
        Assert.Equal("255.00", Of(forecast, "top13").ManagerView);
        Assert.Equal(("20.00", "20.00", "150.00", "150.00", "150.00", true), Of(forecast, "mid13"));

        await RefusedAsync(422, "not-a-direct-report", "adjustments", Body("2013-Q1", "low13", "1", "2013-01-20"), "top13");
        await RefusedAsync(422, "not-a-direct-report", "adjustments", Body("2013-Q1", "top13", "1", "2013-01-20"), "low13");
        var history = (await api.GetAsync("/v1/forecasts/2013-Q1/history?ownerId=low13")).Expect(200);
        Assert.Equal(["forecast_submitted", "forecast_adjusted", "forecast_submitted"], history.Json.GetProperty("items")
            .EnumerateArray().Select(item => item.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task The_same_two_times_give_the_same_bytes_and_csv_has_a_line_for_each_category()
    {
        await SubmitAsync("2014-03", "a14", "commit", "10", "2014-03-01");
        var before = await AskAsync("/v1/forecasts/2014-03?asOf=2014-03-20");
        await SubmitAsync("2014-03", "a14", "commit", "12", "2014-03-02");
        Assert.Equal(["12.00"], Categories(await AskAsync("/v1/forecasts/2014-03?asOf=2014-03-20"), "a14", "own"));
        var again = await api.GetAsync($"/v1/forecasts/2014-03?asOf={before["asOf.validAt"]}&knownAt={before["asOf.knownAt"]}");
        Assert.Equal(before.Text, again.Text);

        var csv = await api.GetAsync("/v1/forecasts/2014-03?asOf=2014-03-20", ("Accept", "text/csv"));
        Assert.Contains("a14,,,commit,USD,12.00,12.00,,false,12.00,12.00", csv.Text, StringComparison.Ordinal);
        foreach (var grouping in new[] { "team", "category" })
        {
            var grouped = await AskAsync($"/v1/forecasts/2014-03?asOf=2014-03-20&groupBy={grouping}");
            Assert.Equal("12.00", grouped["items.0.categories.0.own.amount"]);
        }
    }

    [Fact]
    public async Task Bad_input_is_refused_and_nothing_is_written()
    {
        await RepAsync("top15", null, "2015-01-01");
        await RepAsync("low15", "top15", "2015-01-01");
        await RepAsync("other15", null, "2015-01-01");
        await RefusedAsync(422, "not-below-you", "submissions", Body("2015-Q1", "low15", "1", "2015-01-02"), "other15");
        await RefusedAsync(422, "not-below-you", "submissions", Body("2015-Q1", "top15", "1", "2015-01-02"), "low15");
        await RefusedAsync(422, "period-unknown", "submissions", Body("2015-Q5", "low15", "1", "2015-01-02"), "dev");
        await RefusedAsync(422, "period-over", "submissions", Body("2015-Q1", "low15", "1", "2015-04-01"), "dev");
        await RefusedAsync(422, "amount-negative", "submissions", Body("2015-Q1", "low15", "-1", "2015-01-02"), "dev");
        await RefusedAsync(
            422, "category-not-forecast", "submissions", Body("2015-Q1", "low15", "1", "2015-01-02", "omitted"), "dev");
        await RefusedAsync(400, "bad-value", "submissions", Body("2015-Q1", "low15", "1", "2015-01-02", "maybe"), "dev");
        Assert.DoesNotContain("\"USD\"", (await AskAsync("/v1/forecasts/2015-Q1")).Text, StringComparison.Ordinal);
        (await api.GetAsync("/v1/forecasts/2015-13")).Expect(422);
        (await api.GetAsync("/v1/forecasts/2015-Q1/history?ownerId=nobody")).Expect(404);
        await SubmitAsync("2015-Q1", "low15", "commit", "1", "2015-01-02", actor: "top15");

        // A repeat is told from a further submission by nothing but its content.
        (await api.PostAsync("/v1/forecasts/submissions", Body("2015-Q1", "low15", "1", "2015-01-02"))).Expect(200);
    }

    private static string Body(string period, string owner, string amount, string? at, string category = "commit") => $$"""
        {"period":"{{period}}","ownerId":"{{owner}}","category":"{{category}}","amount":{"amount":"{{amount}}","currency":"USD"}
        {{(at is null ? string.Empty : $",\"effectiveAt\":\"{at}\"")}} }
        """;

    private static JsonElement Item(ApiAnswer answer, string key) =>
        answer.Json.GetProperty("items").EnumerateArray().Single(item => Text(item, "key") == key);

    private static JsonElement Category(ApiAnswer answer, string key, string category) =>
        Item(answer, key).GetProperty("categories").EnumerateArray().Single(item => Text(item, "category") == category);

    private static IEnumerable<string?> Categories(ApiAnswer answer, string key, string member) =>
        Item(answer, key).GetProperty("categories").EnumerateArray().Select(item => Money(item, member));

    private static IEnumerable<string?> Cumulative(ApiAnswer answer, string key, string member) =>
        Item(answer, key).GetProperty("cumulative").EnumerateArray().Select(item => Money(item, member));

    private static (string? Own, string? Raw, string? OwnerView, string? ManagerView, string? Adjusted, bool Stale) Of(
        ApiAnswer answer, string key)
    {
        var commit = Category(answer, key, "commit");
        return (
            Money(commit, "own") is "0.00" ? null : Money(commit, "own"), Money(commit, "raw"), Money(commit, "ownerView"),
            Money(commit, "managerView"), Money(commit, "adjusted"), commit.GetProperty("stale").GetBoolean());
    }

    private static string? Text(JsonElement item, string member) => item.GetProperty(member).GetString();

    private static string? Money(JsonElement item, string member) =>
        item.TryGetProperty(member, out var money) ? money.GetProperty("amount").GetString() : null;

    private Task RepAsync(string id, string? manager, string at) => PostAsync(
        "/v1/reps",
        $$"""{"id":"{{id}}","name":"R {{id}}"{{(manager is null ? string.Empty : $",\"managerId\":\"{manager}\"")}},"effectiveAt":"{{at}}"}""");

    private Task DealAsync(string id, string owner, string amount, string expected, string stage) => PostAsync(
        "/v1/deals",
        $$"""
        {"id":"{{id}}","name":"D","ownerId":"{{owner}}","stage":"{{stage}}","amount":{"amount":"{{amount}}","currency":"USD"},
         "expectedClose":"{{expected}}","effectiveAt":"{{expected[..4]}}-01-02"}
        """);

    private async Task SubmitAsync(
        string period, string owner, string category, string amount, string? at = null, string actor = "dev") =>
        (await api.PostAsync("/v1/forecasts/submissions", Body(period, owner, amount, at, category), ("X-Actor", actor))).Expect(201);

    private async Task AdjustAsync(string period, string owner, string amount, string actor, string at) => (await api.PostAsync(
        "/v1/forecasts/adjustments",
        Body(period, owner, amount, at).Replace("\"commit\"", "\"commit\",\"reason\":\"why\"", StringComparison.Ordinal),
        ("X-Actor", actor))).Expect(201);

    private async Task RefusedAsync(int status, string code, string route, string body, string actor)
    {
        if (route == "adjustments")
        {
            body = body.Replace("\"commit\"", "\"commit\",\"reason\":\"why\"", StringComparison.Ordinal);
        }

        var answer = (await api.PostAsync($"/v1/forecasts/{route}", body, ("X-Actor", actor))).Expect(status);
        Assert.True(code == answer["code"] || answer["errors.0.code"] == code, answer.Text);
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
