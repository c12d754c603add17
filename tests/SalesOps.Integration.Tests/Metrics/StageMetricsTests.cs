using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Metrics;

/// <summary>The metrics of stages, quotas and activities, over hand-made deals of one pipeline.</summary>
public sealed class StageMetricsTests(StageMetricsTests.Deals deals) : IClassFixture<StageMetricsTests.Deals>
{
    [Fact]
    public async Task Conversion_goes_from_stage_to_stage_and_says_whether_it_may_still_grow()
    {
        var cohort = await deals.AskAsync("/v1/metrics/conversion?from=2024-01-01&to=2025-01-01&pipelineId=short&asOf=2024-12-31");
        Assert.Equal("cohort", cohort["method"]);
        Assert.Equal(("talk", "sign", "4", "3", "0.75", "false"), Step(0));
        Assert.Equal(("sign", "won", "2", "1", "0.5", "false"), Step(1));
        Assert.Equal("0.5", cohort["items.1.lowerBound"]);
        Assert.Equal(("talk", "won", "0.5"), (cohort["overall.0.key"], cohort["overall.0.to"], cohort["overall.0.rate"]));

        var snapshot = await deals.AskAsync("/v1/metrics/conversion?method=snapshot&pipelineId=short&asOf=2024-01-31");
        Assert.Equal((null, "1"), (snapshot["items.0.rate"], snapshot["items.0.shape"]));
        (await deals.GetAsync("/v1/metrics/conversion?method=guess")).Expect(400);

        (string?, string?, string?, string?, string?, string?) Step(int index) => (
            cohort[$"items.{index}.key"], cohort[$"items.{index}.to"], cohort[$"items.{index}.entered"],
            cohort[$"items.{index}.reached"], cohort[$"items.{index}.rate"], cohort[$"items.{index}.matured"]);
    }

    [Fact]
    public async Task Conversion_is_taken_apart_by_who_has_the_deals_and_by_when_they_came_into_a_stage()
    {
        const string path = "/v1/metrics/conversion?from=2024-01-01&to=2025-01-01&pipelineId=short&asOf=2024-12-31";
        var source = await deals.AskAsync($"{path}&groupBy=source");
        Assert.Equal("source", source["groupBy"]);
        Assert.Equal(("(none)", "talk", "sign", "3", "2"), Step(source, 0));
        Assert.Equal(("(none)", "sign", "won", "1", "0"), Step(source, 1));
        Assert.Equal(("web", "talk", "sign", "1", "1"), Step(source, 2));
        Assert.Equal(("web", "sign", "won", "1", "1"), Step(source, 3));
        Assert.Equal(("(none)", "web"), (source["overall.0.key"], source["overall.1.key"]));
        Assert.Equal(("cy", "Cy"), Labels(await deals.AskAsync($"{path}&groupBy=owner")));
        Assert.Equal(("Red", null), Labels(await deals.AskAsync($"{path}&groupBy=team")));

        // All came in January; what is asked from the 10th on is the open one alone.
        var months = await deals.AskAsync(
            "/v1/metrics/conversion?from=2024-01-10&to=2024-03-01&pipelineId=short&asOf=2024-12-31&groupBy=month");
        Assert.Equal(("2024-01", "talk", "sign", "1", "1"), Step(months, 0));
        Assert.Equal(("2024-02", "talk", "sign", "0", "0"), Step(months, 2));
        Assert.Equal("no-denominator", months["items.2.reason"]);
        var csv = await deals.GetAsync($"{path}&groupBy=quarter", ("Accept", "text/csv"));
        Assert.Contains("\nshort,2024-Q1,,talk,sign,4,3,0.75", csv.Text, StringComparison.Ordinal);
        (await deals.GetAsync("/v1/metrics/conversion?method=snapshot&groupBy=month")).Expect(422);
        (await deals.GetAsync("/v1/metrics/conversion?from=1900-01-01&to=2024-01-01&groupBy=month")).Expect(422);
        (await deals.GetAsync("/v1/metrics/conversion?groupBy=mood")).Expect(400);

        static (string?, string?, string?, string?, string?) Step(ApiAnswer answer, int index) => (
            answer[$"items.{index}.key"], answer[$"items.{index}.from"], answer[$"items.{index}.to"],
            answer[$"items.{index}.entered"], answer[$"items.{index}.reached"]);

        static (string?, string?) Labels(ApiAnswer answer) => (answer["items.0.key"], answer["items.0.label"]);
    }

    [Fact]
    public async Task A_win_rate_may_be_of_what_was_created_or_came_into_a_stage()
    {
        var created = await deals.AskAsync("/v1/metrics/win-rate?definition=cohort.count&pipelineId=short&asOf=2024-12-31");
        Assert.Equal(("all", "2", "1", "1", "0.5", "false"), Item(created));
        var source = await deals.AskAsync("/v1/metrics/win-rate?definition=cohort.count&groupBy=source&pipelineId=short");
        Assert.Equal(("(none)", "web"), (source["items.0.key"], source["items.1.key"]));
        var sign = await deals.AskAsync("/v1/metrics/win-rate?definition=stage&stage=sign&pipelineId=short&asOf=2024-12-31");
        Assert.Equal(("sign", "1", "0", "1", "0.5", "false"), Item(sign));
        Assert.Equal("Sign", sign["items.0.label"]);
        var each = await deals.AskAsync("/v1/metrics/win-rate?definition=stage&pipelineId=short");
        Assert.Equal(("sign", "talk"), (each["items.0.key"], each["items.1.key"]));
        (await deals.GetAsync("/v1/metrics/win-rate?definition=stage&groupBy=owner")).Expect(422);

        static (string?, string?, string?, string?, string?, string?) Item(ApiAnswer answer) => (
            answer["items.0.key"], answer["items.0.won"], answer["items.0.lost"], answer["items.0.open"], answer["items.0.rate"],
            answer["items.0.matured"]);
    }

    [Fact]
    public async Task Stage_days_ageing_and_slips_come_from_the_way_of_the_deals()
    {
        var stages = await deals.AskAsync("/v1/metrics/stages?from=2024-01-01&to=2025-01-01&pipelineId=short&asOf=2024-12-31");
        Assert.Equal(("2", "1", "0"), (stages["items.0.deals"], stages["items.0.mean"], stages["items.0.skipped"]));
        Assert.Equal(("1", "10", "1"), (stages["items.1.deals"], stages["items.1.mean"], stages["items.1.skipped"]));
        Assert.Equal("too-few-deals", stages["items.0.paceReason"]);
        Assert.Equal(("1", "1", "2", "1"), (
            stages["slips.deals"], stages["slips.slipped"], stages["slips.pushes"], stages["slips.rate"]));

        var ageing = await deals.AskAsync("/v1/metrics/ageing?groupBy=stage&pipelineId=short&asOf=2024-02-29");
        Assert.Equal(("sign", "Sign", "1", "50", "40"), (
            ageing["items.0.key"], ageing["items.0.label"], ageing["items.0.deals"], ageing["items.0.mean"],
            ageing["items.0.inStage.mean"]));
        Assert.Equal("no-denominator", (await deals.AskAsync("/v1/metrics/ageing?asOf=2020-01-01"))["items.0.reason"]);
    }

    [Fact]
    public async Task Velocity_is_open_deals_by_win_rate_by_average_by_cycle()
    {
        // One open deal, 2 won of 3, 150 on average, 11 and 1 days: 1 × 2/3 × 150 ÷ 6.
        var all = await deals.AskAsync("/v1/metrics/velocity?from=2024-01-01&to=2025-01-01&asOf=2024-12-31");
        Assert.Equal(("1", "0.666667", "150.00", "6"), (
            all["items.0.opportunities"], all["items.0.winRate"], all["items.0.averageDealSize.amount"], all["items.0.cycleDays"]));
        Assert.Equal("16.67", all["items.0.velocity.amount"]);
        var none = await deals.AskAsync("/v1/metrics/velocity?from=2020-01-01&to=2021-01-01");
        Assert.Equal((null, "no-denominator"), (none["items.0.velocity"], none["items.0.reason"]));
        Assert.Equal("Red", (await deals.AskAsync("/v1/metrics/velocity?groupBy=team&asOf=2024-12-31"))["items.0.key"]);
    }

    [Fact]
    public async Task Coverage_is_the_open_pipeline_by_what_is_left_of_the_quota()
    {
        // Quota 1000, won 300 in the quarter, open and to close in it 400; two of three won.
        var coverage = await deals.AskAsync("/v1/metrics/coverage?period=2024-Q1&asOf=2024-03-01");
        Assert.Equal(("open", "1000.00", "300.00", "700.00", "400.00"), (
            coverage["items.0.status"], coverage["items.0.quota.amount"], coverage["items.0.won.amount"],
            coverage["items.0.remaining.amount"], coverage["items.0.open.amount"]));
        Assert.Equal(("0.571429", "0.666667", "1.5", "650.00"), (
            coverage["items.0.coverage"], coverage["items.0.winRate"], coverage["items.0.requiredCoverage"],
            coverage["items.0.pipelineToCreate.amount"]));
        Assert.Equal("no-quota", (await deals.AskAsync("/v1/metrics/coverage?period=2020-Q1&asOf=2020-03-01"))["items.0.reason"]);
        (await deals.GetAsync("/v1/metrics/coverage?period=lately")).Expect(422);
    }

    [Fact]
    public async Task Activities_are_counted_by_rep_and_working_day()
    {
        // The first week of January 2024 begins on a Monday.
        var week = await deals.AskAsync("/v1/metrics/activities?from=2024-01-01&to=2024-01-08&groupBy=rep");
        Assert.Equal(("cy", "Cy", "1", "1", "0", "2", "5"), (
            week["items.0.key"], week["items.0.label"], week["items.0.calls"], week["items.0.emails"], week["items.0.meetings"],
            week["items.0.total"], week["items.0.workingDays"]));
        Assert.Equal("0.4", week["items.0.perWorkingDay.total"]);

        // One was a mistake.
        var known = week["asOf.knownAt"];
        await deals.TakeBackActivityAsync();
        Assert.Equal("1", (await deals.AskAsync("/v1/metrics/activities?from=2024-01-01&to=2024-01-08"))["items.0.total"]);
        Assert.Equal("2", (await deals.AskAsync(
            $"/v1/metrics/activities?from=2024-01-01&to=2024-01-08&knownAt={known}"))["items.0.total"]);
        Assert.Equal("no-denominator", (await deals.AskAsync("/v1/metrics/activities?from=2020-01-01&to=2020-02-01"))["items.0.reason"]);
    }

    [Fact]
    public async Task Deals_at_risk_come_with_the_rule_and_its_evidence()
    {
        var risks = await deals.AskAsync("/v1/pipeline/risks?asOf=2024-04-15&pushes=1");
        Assert.Equal(("open", "overdue", "16", "2024-03-30"), (
            risks["items.0.dealId"], risks["items.0.risks.0.rule"], risks["items.0.risks.0.days"], risks["items.0.risks.0.since"]));
        Assert.Equal(("amountCut", "500.00"), (risks["items.0.risks.1.rule"], risks["items.0.risks.1.peak.amount"]));
        Assert.Equal(("Red", "1", "1", "400.00"), (
            risks["teams.0.key"], risks["teams.0.deals"], risks["teams.0.atRisk"], risks["teams.0.amountsAtRisk.0.amount"]));
        (await deals.GetAsync("/v1/pipeline/risks?pushes=0")).Expect(422);
    }

    [Fact]
    public async Task Every_metric_is_also_a_table()
    {
        foreach (var path in (string[])
            ["conversion", "stages", "ageing", "velocity", "coverage", "activities?from=2024-01-01&to=2024-02-01", "win-rate", "bookings"])
        {
            var csv = (await deals.GetAsync($"/v1/metrics/{path}", ("Accept", "text/csv"))).Expect(200);
            Assert.Contains("key", csv.Text.Split('\r')[0], StringComparison.Ordinal);
        }

        Assert.StartsWith("dealId,", (await deals.GetAsync("/v1/pipeline/risks", ("Accept", "text/csv"))).Text, StringComparison.Ordinal);
    }

    /// <summary>A pipeline of two stages, with two deals won, one lost and one open, and one opened later.</summary>
    public sealed class Deals : ApiHost, IAsyncLifetime
    {
        private string position = "0";
        private string email = string.Empty;

        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await DoAsync("pipelines", """
                {"id":"short","name":"Short","effectiveAt":"2023-01-01","stages":[{"key":"talk","name":"Talk","probability":"0.2"},
                 {"key":"sign","name":"Sign","probability":"0.8"}]}
                """);
            await DoAsync("reps", """{"id":"cy","name":"Cy","team":"Red","effectiveAt":"2023-01-01"}""");
            await DoAsync("quotas", """
                {"repId":"cy","period":"2024-Q1","measure":"bookings","amount":{"amount":"1000.00","currency":"USD"},
                 "effectiveAt":"2024-01-01"}
                """);
            // Ten days in sign; two pushes.
            await OpenAsync("one", "2024-01-01", "100.00", ""","source":"web","expectedClose":"2024-01-05" """);
            await DoAsync("deals/one/stage", """{"stage":"sign","effectiveAt":"2024-01-02"}""");
            await DoAsync("deals/one/close-date", """{"expectedClose":"2024-01-08","effectiveAt":"2024-01-03"}""");
            await DoAsync("deals/one/close-date", """{"expectedClose":"2024-01-12","effectiveAt":"2024-01-04"}""");
            await DoAsync("deals/one/activities", """{"kind":"call","repId":"cy","effectiveAt":"2024-01-03"}""");
            await DoAsync("deals/one/activities", """{"kind":"email","repId":"cy","effectiveAt":"2024-01-04"}""");
            await DoAsync("deals/one/win", """{"closedOn":"2024-01-12"}""");
            // Skips a stage.
            await OpenAsync("two", "2024-01-05", "200.00", "");
            await DoAsync("deals/two/win", """{"closedOn":"2024-01-06"}""");
            await OpenAsync("lost", "2024-01-05", "50.00", "");
            await DoAsync("deals/lost/lose", """{"closedOn":"2024-02-20","reason":"price"}""");
            await OpenAsync("open", "2024-01-10", "500.00", ""","expectedClose":"2024-03-30" """);
            await DoAsync("deals/open/stage", """{"stage":"sign","effectiveAt":"2024-01-20"}""");
            await DoAsync("deals/open/amount", """{"amount":{"amount":"400.00","currency":"USD"},"effectiveAt":"2024-01-21"}""");
            var history = (await GetAsync("/v1/deals/one/history")).Expect(200);
            email = history.Json.GetProperty("items").EnumerateArray()
                .Last(item => item.GetProperty("type").GetString() == "deal_activity_logged").GetProperty("eventId").GetString()!;
        }

        internal Task TakeBackActivityAsync() =>
            DoAsync("deals/one/corrections", $$"""{"eventId":"{{email}}","reason":"never sent"}""");

        internal async Task<ApiAnswer> AskAsync(string path) =>
            (await GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={position}")).Expect(200);

        private Task OpenAsync(string id, string effectiveAt, string amount, string members) => DoAsync("deals", $$$"""
            {"id":"{{{id}}}","name":"D","pipelineId":"short","ownerId":"cy","effectiveAt":"{{{effectiveAt}}}",
             "amount":{"amount":"{{{amount}}}","currency":"USD"}{{{members}}}}
            """);

        private async Task DoAsync(string path, string body)
        {
            var answer = await PostAsync($"/v1/{path}", body);
            Assert.True(answer.Status is 200 or 201, $"{path} {answer.Status}: {answer.Text}");
            position = answer["position"]!;
        }
    }
}
