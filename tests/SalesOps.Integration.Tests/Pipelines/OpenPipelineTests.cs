using Npgsql;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Pipelines;

/// <summary>The pipeline at any two times. Each test has currencies or owners of its own in the one database.</summary>
public sealed class OpenPipelineTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Open_deals_are_counted_and_weighted_by_the_stage_version_in_force()
    {
        await DoAsync("pipelines", """
            {"id":"weighing","name":"Weighing","stages":[{"key":"late","name":"Late","probability":"0.5"},
             {"key":"early","name":"Early","probability":"0.15"},{"key":"odd","name":"Odd"}],"effectiveAt":"2025-01-01"}
            """);
        await DoAsync("pipelines", """
            {"id":"weighing","name":"Weighing","stages":[{"key":"late","name":"Later","probability":"0.6"},
             {"key":"early","name":"Early","probability":"0.15"},{"key":"odd","name":"Odd"}],"effectiveAt":"2025-03-01"}
            """);
        await OpenAsync("w1", "late", "100.10");
        await OpenAsync("w2", "late", "0.01");
        await OpenAsync("w3", "early", null);
        await OpenAsync("w4", "odd", "7.00");
        await DoAsync("deals/w2/win", """{"closedOn":"2025-02-10"}""");

        var before = await PositionedAsync("/v1/pipeline?asOf=2025-02-01&groupBy=stage&pipelineId=weighing");
        Assert.Equal("2025-02-01T23:59:59.999999Z", before["asOf.validAt"]);
        Assert.Equal("stage", before["groupBy"]);
        Assert.Equal("4", before["totals.deals"]);
        Assert.Equal("1", before["totals.withoutAmount"]);
        Assert.Equal("1", before["totals.withoutProbability"]);
        Assert.Equal("107.11", before["totals.amounts.0.amount"]);
        Assert.Equal("late,early,odd", Keys(before, "groups"));
        Assert.Equal("Late", before["groups.0.label"]);
        // (100.10 + 0.01) × 0.5 = 50.055, rounded once, half away from zero.
        Assert.Equal("50.06", before["groups.0.weighted.0.amount"]);
        Assert.Equal("[]", before["groups.1.amounts"]);
        Assert.Equal("[]", before["groups.2.weighted"]);

        var after = await PositionedAsync("/v1/pipeline?asOf=2025-03-01&groupBy=stage&pipelineId=weighing");
        Assert.Equal("Later", after["groups.0.label"]);
        Assert.Equal("1", after["groups.0.deals"]);
        Assert.Equal("60.06", after["groups.0.weighted.0.amount"]);

        var whole = await PositionedAsync("/v1/pipeline?asOf=2025-02-01&pipelineId=weighing");
        Assert.Equal("all", Keys(whole, "groups"));
        Assert.Equal("4", whole["groups.0.deals"]);

        async Task OpenAsync(string id, string stage, string? amount) => await DoAsync("deals", $$"""
            {"id":"{{id}}","name":"Deal","pipelineId":"weighing","stage":"{{stage}}","effectiveAt":"2025-01-15"{{(
                amount is null ? "" : $$""","amount":{"amount":"{{amount}}","currency":"EUR"}""")}}}
            """);
    }

    [Fact]
    public async Task A_rep_who_moves_takes_the_open_deals_along_from_then_on()
    {
        await DoAsync("reps", """{"id":"cy","name":"Cy","managerId":"max","team":"Red","office":"Oslo","effectiveAt":"2025-01-01"}""");
        await DoAsync("reps", """{"id":"max","name":"Max","effectiveAt":"2025-01-01"}""");
        await DoAsync("deals", """{"id":"moving","name":"Deal","ownerId":"cy","effectiveAt":"2025-01-10"}""");
        await DoAsync("reps/cy/team", """{"team":"Blue","office":"Bern","effectiveAt":"2025-02-01"}""");

        Assert.Equal("Red", Keys(await PositionedAsync("/v1/pipeline?asOf=2025-01-31&groupBy=team&ownerId=cy"), "groups"));
        Assert.Equal("Blue", Keys(await PositionedAsync("/v1/pipeline?asOf=2025-02-01&groupBy=team&ownerId=cy"), "groups"));
        Assert.Equal("Bern", Keys(await PositionedAsync("/v1/pipeline?asOf=2025-02-01&groupBy=office&ownerId=cy"), "groups"));
        var managers = await PositionedAsync("/v1/pipeline?asOf=2025-02-01&groupBy=manager&ownerId=cy");
        Assert.Equal(("max", "Max"), (managers["groups.0.key"], managers["groups.0.label"]));
        Assert.Equal("0", (await PositionedAsync("/v1/pipeline?asOf=2025-01-31&team=Blue&ownerId=cy"))["totals.deals"]);
        Assert.Equal("1", (await PositionedAsync("/v1/pipeline?asOf=2025-01-31&team=Blue,Red&ownerId=cy"))["totals.deals"]);
    }

    [Fact]
    public async Task What_has_no_value_to_be_grouped_by_is_a_group_of_its_own()
    {
        await DoAsync("deals", """{"id":"bare","name":"Bare","accountId":"lonely","effectiveAt":"2025-01-10"}""");
        foreach (var groupBy in (string[])["owner", "manager", "team", "office", "currency"])
        {
            Assert.Equal("(none)", Keys(await PositionedAsync($"/v1/pipeline?accountId=lonely&groupBy={groupBy}"), "groups"));
        }

        Assert.Equal("pipeline", Keys(await PositionedAsync("/v1/pipeline?accountId=lonely&groupBy=category"), "groups"));
    }

    [Fact]
    public async Task A_late_correction_leaves_the_answers_of_before_byte_for_byte()
    {
        await DoAsync("deals", """{"id":"late","name":"Late","ownerId":"late","amount":{"amount":"5.00","currency":"USD"},"effectiveAt":"2025-01-10"}""");
        var won = await DoAsync("deals/late/win", """{"closedOn":"2025-02-10"}""");
        const string question = "/v1/pipeline?asOf=2025-03-01&groupBy=owner&ownerId=late";
        var first = await PositionedAsync(question);
        Assert.Equal("0", first["totals.deals"]);

        var again = $"{question}&knownAt={first["asOf.knownAt"]}";
        Assert.Equal(first.Text, (await PositionedAsync(again)).Text);

        var history = await api.GetAsync("/v1/deals/late/history");
        await DoAsync("deals/late/corrections", $$$"""
            {"eventId":"{{{history["items.1.eventId"]}}}","reason":"signed later",
             "replacement":{"type":"deal_won","data":{"closedOn":"2025-04-10"},"effectiveAt":"2025-04-10"}}
            """);
        Assert.Equal("1", (await PositionedAsync(question))["totals.deals"]);
        Assert.Equal("0", (await PositionedAsync("/v1/pipeline?asOf=2025-04-10&ownerId=late"))["totals.deals"]);
        for (var round = 0; round < 3; round++)
        {
            await DoAsync("deals", $$"""{"name":"Other {{round}}","ownerId":"late","effectiveAt":"2025-01-10"}""");
            Assert.Equal(first.Text, (await api.GetAsync(again)).Expect(200).Text);
        }

        Assert.True(long.Parse(first["asOf.position"]!) >= long.Parse(won["position"]!));
    }

    [Fact]
    public async Task A_question_of_knowledge_waits_until_the_facts_have_caught_up()
    {
        await DoAsync("deals", """{"id":"lag","name":"Lag","ownerId":"lag","effectiveAt":"2025-01-10"}""");
        var question = "/v1/pipeline?asOf=2025-03-01&ownerId=lag";
        var first = await PositionedAsync(question);
        question += $"&knownAt={first["asOf.knownAt"]}";

        await using var connection = new NpgsqlConnection(api.ConnectionString);
        await connection.OpenAsync();
        await using (var stalled = await connection.BeginTransactionAsync())
        {
            await using var hold = new NpgsqlCommand("select 1 from mt_event_progression for update", connection);
            await hold.ExecuteNonQueryAsync();
            await DoAsync("deals", """{"name":"Later","ownerId":"lag","effectiveAt":"2025-01-10"}""");

            var behind = (await api.GetAsync(question)).Expect(503);
            Assert.Equal("not-caught-up", behind["code"]);
            Assert.Contains("Retry-After", behind.Headers.Keys);
            // The control: without knownAt the answer is at the position that the facts have.
            var unbound = (await api.GetAsync("/v1/pipeline?asOf=2025-03-01&ownerId=lag")).Expect(200);
            Assert.Equal(first["asOf.position"], unbound["asOf.position"]);
        }

        Assert.Equal(first.Text, await WhenCaughtUpAsync(question));
    }

    [Fact]
    public async Task The_future_is_not_known_yet()
    {
        var refused = (await api.GetAsync("/v1/pipeline?knownAt=2999-01-01")).Expect(422);
        Assert.Equal("known-at-in-future", refused["code"]);
    }

    [Fact]
    public async Task Before_the_first_event_nothing_is_known()
    {
        await DoAsync("deals", """{"name":"First","effectiveAt":"2000-01-10"}""");
        var answer = await PositionedAsync("/v1/pipeline?knownAt=2001-01-01");
        Assert.Equal(("0", "0"), (answer["asOf.position"], answer["totals.deals"]));
    }

    [Fact]
    public async Task Snapshots_stand_at_equal_steps_from_the_first_date()
    {
        await DoAsync("deals", """{"id":"s1","name":"S","ownerId":"snap","amount":{"amount":"5.00","currency":"USD"},"effectiveAt":"2025-02-10"}""");
        await DoAsync("deals/s1/win", """{"closedOn":"2025-04-10"}""");
        var monthly = await PositionedAsync(
            "/v1/pipeline/snapshots?from=2025-01-31&to=2025-05-31&interval=month&groupBy=currency&ownerId=snap");
        Assert.Equal("2025-01-31,2025-02-28,2025-03-31,2025-04-30", Keys(monthly, "items", "at"));
        Assert.Equal(
            "0 1 1 0", string.Join(' ', Enumerable.Range(0, 4).Select(item => monthly[$"items.{item}.totals.deals"])));
        Assert.Equal("USD", monthly["items.1.groups.0.key"]);

        var csv = (await api.GetAsync(
            "/v1/pipeline/snapshots?from=2025-02-28&to=2025-03-01&ownerId=snap", ("Accept", "text/csv"))).Expect(200);
        Assert.Equal(
            "at,key,label,deals,withoutAmount,currency,amount,weighted\r\n"
            + "2025-02-28T23:59:59.999999Z,all,,1,0,USD,5.00,0.50\r\n",
            csv.Text);

        (await api.GetAsync("/v1/pipeline/snapshots?from=2020-01-01&to=2025-01-01")).Expect(422);
    }

    private static string Keys(ApiAnswer answer, string list, string key = "key") =>
        string.Join(',', answer.Json.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(key).GetString()));

    private long written;

    private async Task<ApiAnswer> DoAsync(string path, string body)
    {
        var answer = await api.PostAsync($"/v1/{path}", body);
        Assert.True(answer.Status is 200 or 201, $"{answer.Status}: {answer.Text}");
        written = long.Parse(answer["position"]!);
        return answer;
    }

    /// <summary>A read that includes what this test wrote.</summary>
    private async Task<ApiAnswer> PositionedAsync(string path) => path.Contains("knownAt", StringComparison.Ordinal)
        ? (await api.GetAsync(path)).Expect(200)
        : (await api.GetAsync($"{path}&minPosition={written}")).Expect(200);

    private async Task<string> WhenCaughtUpAsync(string path)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await api.GetAsync(path);
            if (answer.Status != 503 || tries == 5)
            {
                return answer.Expect(200).Text;
            }
        }
    }
}
