using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Quotas;

/// <summary>Quotas and attainment through the front door; each test has a year of its own.</summary>
public sealed class QuotasApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Monthly_quotas_give_the_attainment_of_each_month_and_of_the_year_so_far()
    {
        await WinAsync(2011, "ann", "42500", "55000", "52500");
        for (var month = 1; month <= 3; month++)
        {
            await QuotaAsync($$"""{"repId":"ann","period":"2011-0{{month}}",{{Usd("50000")}}}""");
        }

        var year = await AskAsync("/v1/attainment?period=2011&groupBy=month");
        Assert.Equal(["0.85", "1.1", "1.05"], Column(year, "attainment"));
        Assert.Equal(["0.85", "0.975", "1"], Column(year, "cumulative.attainment"));
        Assert.Equal("1", year["rate"]);
        Assert.Equal("0", (await AskAsync("/v1/attainment?period=2011-01&groupBy=rep"))["rate"]);
    }

    [Fact]
    public async Task Credits_are_cumulated_without_quotas_too()
    {
        await WinAsync(2012, "bo", "100", "50", "75", "25", "100", "50", "75");
        var year = await AskAsync("/v1/attainment?period=2012&groupBy=month");
        Assert.Equal(
            ["100.00", "150.00", "225.00", "250.00", "350.00", "400.00", "475.00"],
            Column(year, "cumulative.credited.amount"));
        Assert.Equal((null, "no-denominator"), (year["rate"], year["reason"]));
        Assert.Equal((null, "no-denominator"), (year["items.0.quota"], year["items.0.reason"]));
    }

    [Fact]
    public async Task A_late_correction_leaves_the_old_answer_as_it_was_byte_for_byte()
    {
        await WinAsync(2013, "cy", "235000");
        await QuotaAsync($$"""{"id":"q13","repId":"cy","period":"2013-Q1",{{Usd("250000")}}}""");
        var before = await AskAsync("/v1/attainment?period=2013&groupBy=rep");
        Assert.Equal(("cy", "0.94", "0"), (before["items.0.key"], before["items.0.attainment"], before["rate"]));

        await PostAsync("/v1/quotas/q13/amount", $$"""{{{Usd("200000")}},"effectiveAt":"2013-01-01"}""");
        Assert.Equal("1.175", (await AskAsync("/v1/attainment?period=2013&groupBy=rep"))["items.0.attainment"]);
        var again = await api.GetAsync(
            $"/v1/attainment?period=2013&groupBy=rep&asOf={before["asOf.validAt"]}&knownAt={before["asOf.knownAt"]}");
        Assert.Equal(before.Text, again.Expect(200).Text);
    }

    [Fact]
    public async Task A_tenant_says_how_quotas_are_prorated_that_say_nothing_of_it()
    {
        Assert.Equal("calendarDays", (await api.GetAsync("/v1/quotas/settings?asOf=2015-12-31")).Expect(200)["proration"]);
        await PostAsync("/v1/quotas/settings", """{"proration":"workingDays","effectiveAt":"2016-01-01"}""");
        await PostAsync("/v1/quotas/settings", """{"proration":"months","effectiveAt":"2016-06-01"}""");

        // February 2016 has 29 days, 21 of them working days; from the 15th on there are 15 and 11.
        Assert.Equal("550.00", await EffectiveAsync("q16a", "\"effectiveAt\":\"2016-01-01\""));
        Assert.Equal("0.00", await EffectiveAsync("q16b", "\"effectiveAt\":\"2016-06-01\""));
        Assert.Equal("517.24", await EffectiveAsync("q16c", "\"proration\":\"calendarDays\",\"effectiveAt\":\"2016-06-01\""));
        Assert.Equal("550.00", (await api.GetAsync("/v1/quotas/q16a?asOf=2016-12-31")).Expect(200)["effective.amount"]);
        (await api.PostAsync("/v1/quotas/settings", """{"proration":"weeks"}""")).Expect(400);
        (await api.PostAsync("/v1/quotas", $$"""{"id":"settings","repId":"x","period":"2016",{{Usd("1")}}}""")).Expect(422);

        async Task<string?> EffectiveAsync(string id, string members)
        {
            var amount = id == "q16a" ? "1050" : "1000";
            await QuotaAsync($$"""{"id":"{{id}}","repId":"{{id}}","period":"2016-02",{{Usd(amount)}},"activeFrom":"2016-02-15",{{members}}}""");
            return (await api.GetAsync($"/v1/quotas/{id}?asOf=2016-12-31")).Expect(200)["effective.amount"];
        }
    }

    [Fact]
    public async Task A_quota_says_what_it_comes_to_in_each_month()
    {
        await QuotaAsync($$"""
            {"id":"q14","repId":"dee","period":"2014",{{Usd("1000000")}},
             "ramp":[{"percent":"30","months":3},{"percent":"70","months":3}]}
            """);
        var quota = (await api.GetAsync("/v1/quotas/q14")).Expect(200);
        Assert.Equal(("750000.00", "30", "1"), (quota["effective.amount"], quota["months.2.rampPercent"], quota["months.2.activeShare"]));
        await PostAsync("/v1/quotas/q14/relief", $$"""{{{Usd("50000")}},"reason":"leave"}""");
        await PostAsync("/v1/quotas/q14/ramp", """{"ramp":[]}""");
        Assert.Equal("950000.00", (await api.GetAsync("/v1/quotas/q14")).Expect(200)["effective.amount"]);
        Assert.Equal("950000.00", (await AskAsync("/v1/quotas?repId=dee"))["items.0.effective.amount"]);
        Assert.Equal("[]", (await AskAsync("/v1/quotas?repId=dee&measure=units"))["items"]);
    }

    [Fact]
    public async Task A_managers_quota_and_credit_are_those_of_all_below()
    {
        await PostAsync("/v1/reps", """{"id":"top","name":"Top","effectiveAt":"2015-01-01"}""");
        for (var rep = 1; rep <= 13; rep++)
        {
            await PostAsync("/v1/reps", $$"""{"id":"r{{rep}}","name":"R","managerId":"top","team":"East","effectiveAt":"2015-01-01"}""");
            var ramp = rep > 10 ? ""","rampPercent":"50" """ : string.Empty;
            await QuotaAsync($$"""{"repId":"r{{rep}}","period":"2015-Q1",{{Usd("300000")}}{{ramp}}}""");
        }

        await PostAsync("/v1/deals", $$"""{"id":"s15","name":"S","ownerId":"r1",{{Usd("100.01")}},"effectiveAt":"2015-01-05"}""");
        await PostAsync("/v1/deals/s15/splits", """
            {"splits":[{"repId":"r1","percent":"50","kind":"revenue"},{"repId":"r2","percent":"50","kind":"revenue"},
                       {"repId":"r3","percent":"100","kind":"overlay"}],"effectiveAt":"2015-01-06"}
            """);
        await PostAsync("/v1/deals/s15/win", """{"closedOn":"2015-02-01"}""");
        await PostAsync("/v1/reps/r1/manager", """{"effectiveAt":"2015-04-01"}""");

        var managers = await AskAsync("/v1/attainment?period=2015-Q1&groupBy=manager");
        Assert.Equal(
            ("top", "Top", "3450000.00", "100.01"),
            (managers["items.0.key"], managers["items.0.label"], managers["items.0.quota.amount"], managers["items.0.credited.amount"]));
        var reps = await AskAsync("/v1/attainment?period=2015-Q1&groupBy=rep");
        Assert.Equal(("r1", "50.01"), (reps["items.0.key"], reps["items.0.credited.amount"]));
        await QuotaAsync($$"""{"team":"East","period":"2015-Q1",{{Usd("3000000")}}}""");
        Assert.Equal("3000000.00", (await AskAsync("/v1/attainment?period=2015-Q1&groupBy=team"))["items.0.quota.amount"]);
    }

    [Fact]
    public async Task Bad_quotas_are_refused_and_nothing_is_written()
    {
        await RefusedAsync(422, "one-holder", $$"""{"repId":"x","team":"y","period":"2016",{{Usd("1")}}}""");
        await RefusedAsync(422, "one-holder", $$"""{"period":"2016",{{Usd("1")}}}""");
        await RefusedAsync(422, "period-unknown", $$"""{"repId":"x","period":"2016-13",{{Usd("1")}}}""");
        await RefusedAsync(422, "amount-negative", $$"""{"repId":"x","period":"2016",{{Usd("-1")}}}""");
        await RefusedAsync(400, "bad-value", """{"repId":"x","period":"2016","amount":"much"}""");
        Assert.Equal("[]", (await AskAsync("/v1/quotas?repId=x"))["items"]);

        await QuotaAsync($$"""{"id":"q16","repId":"x","period":"2016",{{Usd("1")}}}""");
        (await api.PostAsync("/v1/quotas", $$"""{"id":"q16","repId":"x","period":"2016",{{Usd("1")}}}""")).Expect(200);
        await RefusedAsync(409, "quota-exists", $$"""{"id":"q16","repId":"x","period":"2016",{{Usd("2")}}}""");
        await RefusedAsync(409, "quota-overlaps", $$"""{"repId":"x","period":"2016-03",{{Usd("1")}}}""");
        (await api.PostAsync("/v1/quotas/q16/relief", $$"""{{{Usd("2")}},"reason":"leave"}""")).Expect(409);
        await QuotaAsync("""{"repId":"x","period":"2016","measure":"units","amount":"12"}""");
        (await api.GetAsync("/v1/attainment?period=2016-Q7")).Expect(422);
        (await api.GetAsync("/v1/attainment?period=2016&measure=margin")).Expect(422);
        Assert.Equal("12", (await AskAsync("/v1/attainment?period=2016&measure=units&groupBy=rep"))["items.0.quota"]);
    }

    [Fact]
    public async Task A_quota_is_corrected_and_its_days_are_free_again_when_it_is_taken_back()
    {
        await QuotaAsync($$"""{"id":"q17","repId":"kay","period":"2017",{{Usd("100")}}}""");
        var assigned = (await api.GetAsync("/v1/quotas/q17/history")).Expect(200)["items.0.eventId"];
        var other = (await api.PostAsync("/v1/quotas/q17/corrections", $$$"""
            {"eventId":"{{{assigned}}}","reason":"x","replacement":{"data":{"terms":{"holder":{"kind":"rep","id":"kay"},"period":"2018",
             "measure":"bookings","amount":{"value":"100","currency":"USD"},"proration":"calendarDays"} } } }
            """)).Expect(409);
        Assert.Equal("quota-entered", other["code"]);
        await PostAsync("/v1/quotas/q17/corrections", $$"""{"eventId":"{{assigned}}","reason":"never agreed"}""");
        (await api.GetAsync("/v1/quotas/q17")).Expect(404);
        await QuotaAsync($$"""{"id":"q17b","repId":"kay","period":"2017-03",{{Usd("50")}}}""");
    }

    [Fact]
    public async Task Credit_goes_by_the_assignment_in_force_on_the_credit_date_and_overlay_has_a_quota_of_its_own()
    {
        await PostAsync("/v1/reps", """{"id":"old","name":"Old","effectiveAt":"2018-01-01"}""");
        await PostAsync("/v1/reps", """{"id":"new","name":"New","effectiveAt":"2018-01-01"}""");
        await PostAsync("/v1/accounts", """{"id":"as18","name":"A","effectiveAt":"2018-01-01"}""");
        await PostAsync("/v1/accounts/as18/assignment", """{"repId":"old","reason":"first","effectiveAt":"2018-01-01"}""");
        await PostAsync("/v1/accounts/as18/assignment", """{"repId":"new","reason":"moves","effectiveAt":"2018-03-01"}""");
        foreach (var (id, month) in ((string, string)[])[("a", "02"), ("b", "03")])
        {
            await PostAsync("/v1/deals", $$"""
                {"id":"as18{{id}}","name":"D","ownerId":"somebody","accountId":"as18",{{Usd("100")}},"effectiveAt":"2018-01-05"}
                """);
            await PostAsync($"/v1/deals/as18{id}/splits", """
                {"splits":[{"repId":"expert","percent":"25","kind":"overlay"}],"effectiveAt":"2018-01-06"}
                """);
            await PostAsync($"/v1/deals/as18{id}/win", $$"""{"closedOn":"2018-{{month}}-28"}""");
        }

        var credited = await AskAsync("/v1/attainment?period=2018&groupBy=rep");
        Assert.Equal(["new", "old"], Column(credited, "key"));
        Assert.Equal(["100.00", "100.00"], Column(credited, "credited.amount"));

        await QuotaAsync($$"""{"repId":"expert","period":"2018",{{Usd("100")}},"credit":"overlay"}""");
        await QuotaAsync($$"""{"repId":"expert","period":"2018",{{Usd("900")}}}""");
        var overlay = await AskAsync("/v1/attainment?period=2018&groupBy=rep&credit=overlay");
        Assert.Equal(
            ("expert", "50.00", "0.5"),
            (overlay["items.0.key"], overlay["items.0.credited.amount"], overlay["items.0.attainment"]));
    }

    [Fact]
    public async Task Territories_and_managers_are_measured_with_all_below_and_over_assignment_is_told()
    {
        await PostAsync("/v1/territories", """{"id":"t19","name":"World","effectiveAt":"2019-01-01"}""");
        await PostAsync("/v1/territories", """
            {"id":"t19n","name":"North","parentId":"t19","rules":[{"field":"buyingProcess","op":"in","values":["t19"]}],
             "effectiveAt":"2019-01-01"}
            """);
        await PostAsync("/v1/accounts", """{"id":"a19","name":"A","buyingProcess":"t19","effectiveAt":"2019-01-01"}""");
        await PostAsync("/v1/deals", $$"""{"id":"d19","name":"D","accountId":"a19",{{Usd("60")}},"effectiveAt":"2019-01-05"}""");
        await PostAsync("/v1/deals/d19/win", """{"closedOn":"2019-02-28"}""");
        await QuotaAsync($$"""{"territoryId":"t19n","period":"2019",{{Usd("120")}}}""");

        var byTerritory = await AskAsync("/v1/attainment?period=2019&groupBy=territory");
        Assert.Equal(["t19", "t19n"], Column(byTerritory, "key"));
        Assert.Equal(["0.5", "0.5"], Column(byTerritory, "attainment"));
        await QuotaAsync($$"""{"territoryId":"t19","period":"2019",{{Usd("100")}}}""");
        Assert.Equal(["0.6", "0.5"], Column(await AskAsync("/v1/attainment?period=2019&groupBy=territory"), "attainment"));
        var tree = await AskAsync("/v1/quotas/roll-up?period=2019&by=territory&asOf=2019-12-31");
        Assert.Equal(
            ("t19", "World", "100.00", "120.00", "0.2"),
            (tree["items.0.key"], tree["items.0.label"], tree["items.0.own.amount"], tree["items.0.below.amount"],
                tree["items.0.overAssignment"]));
        Assert.Equal(("t19n", "t19", "1"), (tree["items.1.key"], tree["items.1.parentKey"], tree["items.1.level"]));

        await PostAsync("/v1/reps", """{"id":"m19","name":"M","team":"T19","effectiveAt":"2019-01-01"}""");
        await PostAsync("/v1/reps", """{"id":"r19","name":"R","team":"T19","managerId":"m19","effectiveAt":"2019-01-01"}""");
        await QuotaAsync($$"""{"repId":"r19","period":"2019-H1",{{Usd("10")}}}""", 422);
        await QuotaAsync($$"""{"repId":"r19","period":"2019-Q1",{{Usd("10")}}}""");
        var managers = await AskAsync("/v1/quotas/roll-up?period=2019&asOf=2019-12-31");
        Assert.Equal(("m19", null, "10.00", "no-denominator"),
            (managers["items.0.key"], managers["items.0.own.amount"], managers["items.0.below.amount"], managers["items.0.reason"]));
        var teams = await AskAsync("/v1/quotas/roll-up?period=2019&by=team&asOf=2019-12-31");
        Assert.Equal(("T19", "r19"), (teams["items.0.key"], teams["items.1.key"]));
        var reserved = (await api.PostAsync("/v1/quotas", $$"""{"id":"Roll-Up","repId":"x","period":"2019",{{Usd("1")}}}""")).Expect(422);
        Assert.Equal(("id-reserved", "/id"), (reserved["code"], reserved["errors.0.pointer"]));
    }

    private static string Usd(string amount) => $$""" "amount":{"amount":"{{amount}}","currency":"USD"} """;

    private static IEnumerable<string?> Column(ApiAnswer answer, string member) =>
        Enumerable.Range(0, answer.Json.GetProperty("items").GetArrayLength()).Select(index => answer[$"items.{index}.{member}"]);

    private async Task WinAsync(int year, string owner, params IReadOnlyList<string> amounts)
    {
        foreach (var (index, amount) in amounts.Index())
        {
            var id = $"{owner}{year}-{index}";
            await PostAsync("/v1/deals", $$"""{"id":"{{id}}","name":"D","ownerId":"{{owner}}",{{Usd(amount)}},"effectiveAt":"{{year}}-01-01"}""");
            await PostAsync($"/v1/deals/{id}/win", $$"""{"closedOn":"{{year}}-0{{index + 1}}-15"}""");
        }
    }

    private async Task QuotaAsync(string body, int status = 201) => (await api.PostAsync("/v1/quotas", body)).Expect(status);

    private async Task RefusedAsync(int status, string code, string body) =>
        Assert.Equal(code, (await api.PostAsync("/v1/quotas", body)).Expect(status)["code"]);

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
