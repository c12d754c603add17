using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Forecasts;

/// <summary>Accuracy through the front door; each test has a year and reps of its own.</summary>
public sealed class ForecastAccuracyApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Reps_are_judged_by_what_they_said_before_each_periods_end()
    {
        await StoryAsync(2011, "a11", [52, 48, 64], [50, 54, 58]);
        var reps = await AskAsync("/v1/forecasts/accuracy?from=2011-01-01&to=2011-04-01&by=rep");
        Assert.Equal(
            ("a11", "3", "0.084853", "0.08642", "0.012346", "0.010779", "5.033223", "0.428571"),
            (reps["items.0.key"], reps["items.0.n"], reps["items.0.mape"], reps["items.0.wape"], reps["items.0.bias"], reps["items.0.mpe"],
                reps["items.0.rmse"], reps["items.0.trackingSignal"]));
        Assert.Equal(("0", "-0.035714", "4.666667"), (reps["items.0.excluded"], reps["items.0.fva"], reps["items.0.mae"]));
        var csv = await api.GetAsync("/v1/forecasts/accuracy?from=2011-01-01&to=2011-04-01&by=rep", ("Accept", "text/csv"));
        Assert.Contains("a11,,USD,0,3,0,164.00,162.00,0.08642,0.08642,0.084853,0.012346", csv.Text, StringComparison.Ordinal);

        // A month before the end of March what was said on the 20th was not said yet.
        Assert.Equal("[]", (await AskAsync("/v1/forecasts/accuracy?from=2011-01-01&to=2011-04-01&by=rep&horizon=30"))["items"]);
        await SubmitAsync("2011-03", "a11", "60", "2011-02-10");
        var both = await AskAsync("/v1/forecasts/accuracy?from=2011-01-01&to=2011-04-01&by=rep&horizon=0,30");
        Assert.Equal(("0", "3", "30", "1"), (both["items.0.horizon"], both["items.0.n"], both["items.1.horizon"], both["items.1.n"]));

        // What was recorded here only now was not known then.
        var recorded = await AskAsync("/v1/forecasts/accuracy?from=2011-01-01&to=2011-04-01&knowledge=recorded");
        Assert.Equal(("all", "0", "no-denominator"), (recorded["items.0.key"], recorded["items.0.n"], recorded["items.0.reason"]));
    }

    [Fact]
    public async Task What_is_learned_later_changes_the_accuracy_and_the_old_one_stays_to_be_asked()
    {
        await StoryAsync(2012, "a12", [500], [550]);
        var before = await AskAsync("/v1/forecasts/accuracy?from=2012-01-01&to=2012-02-01");
        Assert.Equal(("0.909091", "0.909091"), (before["items.0.accuracy"], before["items.0.ratio"]));
        await WinAsync(2012, "a12", "late", 1, 50);
        Assert.Equal("0.833333", (await AskAsync("/v1/forecasts/accuracy?from=2012-01-01&to=2012-02-01"))["items.0.ratio"]);
        var again = await api.GetAsync(
            $"/v1/forecasts/accuracy?from=2012-01-01&to=2012-02-01&asOf={before["asOf.validAt"]}&knownAt={before["asOf.knownAt"]}");
        Assert.Equal(before.Text, again.Text);

        // A period that is not over at the time asked about is not judged.
        Assert.Equal("0", (await AskAsync("/v1/forecasts/accuracy?from=2012-01-01&to=2012-02-01&asOf=2012-01-30"))["items.0.n"]);
        Assert.Equal("1", (await AskAsync("/v1/forecasts/accuracy?from=2012-01-01&to=2012-02-01&asOf=2012-01-31"))["items.0.n"]);
    }

    [Fact]
    public async Task Teams_and_managers_are_judged_by_the_sum_of_their_reps()
    {
        foreach (var (id, manager) in new[] { ("m13", string.Empty), ("x13", "m13"), ("y13", "m13") })
        {
            await PostAsync("/v1/reps", $$"""
                {"id":"{{id}}","name":"R","team":"T13"{{(manager is "" ? "" : $",\"managerId\":\"{manager}\"")}},"effectiveAt":"2013-01-01"}
                """);
        }

        await StoryAsync(2013, "x13", [120], [100]);
        await StoryAsync(2013, "y13", [80], [100]);
        const string range = "/v1/forecasts/accuracy?from=2013-01-01&to=2013-02-01";
        var team = await AskAsync($"{range}&by=team");
        Assert.Equal(("T13", "1", "0"), (team["items.0.key"], team["items.0.n"], team["items.0.wape"]));
        Assert.Equal("200.00", team["items.0.actual.amount"]);
        var all = await AskAsync(range);
        Assert.Equal(("2", "0.2", "0"), (all["items.0.n"], all["items.0.wape"], all["items.0.nettedWape"]));

        (await api.PostAsync(
            "/v1/forecasts/adjustments",
            """
            {"period":"2013-01","ownerId":"x13","category":"commit","amount":{"amount":"100","currency":"USD"},"reason":"why",
             "effectiveAt":"2013-01-25"}
            """,
            ("X-Actor", "m13"))).Expect(201);
        var managers = await AskAsync($"{range}&by=manager");
        Assert.Equal(("m13", "180.00", "-0.1"), (managers["items.0.key"], managers["items.0.forecast.amount"], managers["items.0.bias"]));
        Assert.Equal("0.2", (await AskAsync($"{range}&by=rep"))["items.0.bias"]);
        var categories = await AskAsync($"{range}&by=category");
        Assert.Equal(("commit", "2"), (categories["items.0.key"], categories["items.0.n"]));
    }

    [Fact]
    public async Task Who_says_it_without_a_time_after_the_period_said_it_at_its_last_instant()
    {
        await SubmitAsync("2014-Q1", "a14", "100", at: null);
        await WinAsync(2014, "a14", "w", 2, 80);
        var item = await AskAsync("/v1/forecasts/accuracy?from=2014-01-01&to=2014-04-01&by=rep");
        Assert.Equal(("1", "0.25"), (item["items.0.n"], item["items.0.mape"]));
        (await api.GetAsync("/v1/forecasts/accuracy?from=2014-04-01&to=2014-01-01")).Expect(422);
        (await api.GetAsync("/v1/forecasts/accuracy?from=2014-01-01")).Expect(400);
        Assert.Equal("horizon-unknown", (await api.GetAsync(
            "/v1/forecasts/accuracy?from=2014-01-01&to=2014-04-01&horizon=-3")).Expect(422)["errors.0.code"]);
        (await api.GetAsync("/v1/forecasts/accuracy?from=2014-01-01&to=2014-04-01&by=mood")).Expect(400);
    }

    private async Task StoryAsync(int year, string owner, int[] forecasts, int[] actuals)
    {
        for (var month = 1; month <= forecasts.Length; month++)
        {
            await SubmitAsync($"{year}-0{month}", owner, $"{forecasts[month - 1]}", $"{year}-0{month}-20");
            await WinAsync(year, owner, "w", month, actuals[month - 1]);
        }
    }

    private async Task WinAsync(int year, string owner, string name, int month, int amount)
    {
        var id = $"{owner}-{name}{month}";
        await PostAsync("/v1/deals", $$"""
            {"id":"{{id}}","name":"D","ownerId":"{{owner}}","amount":{"amount":"{{amount}}","currency":"USD"},
             "effectiveAt":"{{year}}-01-01"}
            """);
        await PostAsync($"/v1/deals/{id}/win", $$"""{"closedOn":"{{year}}-0{{month}}-28"}""");
    }

    private Task SubmitAsync(string period, string owner, string amount, string? at) => PostAsync("/v1/forecasts/submissions", $$"""
        {"period":"{{period}}","ownerId":"{{owner}}","category":"commit","amount":{"amount":"{{amount}}","currency":"USD"}
        {{(at is null ? string.Empty : $",\"effectiveAt\":\"{at}\"")}} }
        """);

    private async Task PostAsync(string path, string body)
    {
        var answer = await api.PostAsync(path, body);
        Assert.True(answer.Status is 200 or 201, $"{answer.Status}: {answer.Text}");
    }

    private async Task<ApiAnswer> AskAsync(string path)
    {
        var head = await api.PostAsync("/v1/accounts", $$"""{"id":"a{{Guid.CreateVersion7()}}","name":"head"}""");
        return (await api.GetAsync($"{path}&minPosition={head["position"]}")).Expect(200);
    }
}
