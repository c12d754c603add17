using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Metrics;

/// <summary>A question about last quarter gives last quarter's answer, whatever the organisation becomes.</summary>
public sealed class LastQuarterTests : ApiHost
{
    private static readonly string[] Questions =
    [
        .. from grouping in (string[])["manager", "team", "office", "owner"]
           from path in (string[])
           [
               "pipeline?asOf=2026-03-31", "pipeline/snapshots?from=2026-01-31&to=2026-04-01&interval=month",
               "metrics/bookings?from=2026-01-01&to=2026-04-01", "metrics/win-rate?from=2026-01-01&to=2026-04-01",
               "metrics/cycle?from=2026-01-01&to=2026-04-01",
               "metrics/win-rate?definition=cohort.count&from=2026-01-01&to=2026-04-01&asOf=2026-03-31",
               "metrics/velocity?from=2026-01-01&to=2026-04-01&asOf=2026-03-31", "metrics/ageing?asOf=2026-03-31",
           ]
           select $"/v1/{path}&groupBy={grouping}",
        "/v1/pipeline/waterfall?from=2025-12-31&to=2026-03-31&team=Red",
        "/v1/pipeline/waterfall?from=2025-12-31&to=2026-03-31&team=Blue&detail=true",
        "/v1/metrics/activities?from=2026-01-01&to=2026-04-01&groupBy=team",
        "/v1/metrics/coverage?period=2026-Q1&asOf=2026-03-31&groupBy=team",
        "/v1/pipeline/risks?asOf=2026-03-31",
    ];

    [Fact]
    public async Task A_rep_who_moves_leaves_the_totals_of_last_quarter_as_they_were()
    {
        var position = string.Empty;
        await DoAsync("reps", """{"id":"max","name":"Max","effectiveAt":"2025-01-01"}""");
        await DoAsync("reps", """{"id":"eve","name":"Eve","effectiveAt":"2025-01-01"}""");
        await DoAsync("reps", """{"id":"cy","name":"Cy","managerId":"max","team":"Red","office":"Oslo","effectiveAt":"2025-01-01"}""");
        await DoAsync("quotas", """
            {"repId":"cy","period":"2026-Q1","measure":"bookings","amount":{"amount":"100.00","currency":"USD"},
             "effectiveAt":"2026-01-01"}
            """);
        foreach (var (id, amount) in ((string, string)[])[("won", "10.00"), ("lost", "20.00"), ("open", "30.00")])
        {
            await DoAsync("deals", $$$"""
                {"id":"{{{id}}}","name":"D","ownerId":"cy","effectiveAt":"2026-01-05","amount":{"amount":"{{{amount}}}","currency":"USD"}}
                """);
        }

        await DoAsync("deals/open/activities", """{"kind":"call","repId":"cy","effectiveAt":"2026-01-06"}""");
        await DoAsync("deals/won/win", """{"closedOn":"2026-02-01"}""");
        await DoAsync("deals/lost/lose", """{"closedOn":"2026-02-02","reason":"price"}""");
        var before = new List<string>();
        foreach (var question in Questions)
        {
            before.Add(WithoutPosition(await AskAsync(question)));
        }

        // The control: a question about today is answered otherwise after the move.
        var today = WithoutPosition(await AskAsync("/v1/pipeline?asOf=2026-04-30&groupBy=team"));
        await DoAsync("reps/cy/team", """{"team":"Blue","office":"Rome","effectiveAt":"2026-04-01"}""");
        await DoAsync("reps/cy/manager", """{"managerId":"eve","effectiveAt":"2026-04-01"}""");
        foreach (var (question, answer) in Questions.Zip(before))
        {
            Assert.Equal($"{question} {answer}", $"{question} {WithoutPosition(await AskAsync(question))}");
        }

        Assert.NotEqual(today, WithoutPosition(await AskAsync("/v1/pipeline?asOf=2026-04-30&groupBy=team")));

        async Task<ApiAnswer> AskAsync(string question) => (await GetAsync($"{question}&minPosition={position}")).Expect(200);

        async Task DoAsync(string path, string body)
        {
            var answer = await PostAsync($"/v1/{path}", body);
            Assert.True(answer.Status is 200 or 201, $"{path} {answer.Status}: {answer.Text}");
            position = answer["position"]!;
        }
    }

    [Fact]
    public async Task Many_snapshots_at_once_are_those_of_their_dates()
    {
        await PostAsync("/v1/pipelines", """
            {"id":"default","name":"Default","effectiveAt":"2026-02-01",
             "stages":[{"key":"prospecting","name":"P","probability":"0.3","category":"commit"},{"key":"proposal","name":"Q"}]}
            """);
        var random = new Random(3);
        for (var deal = 0; deal < 12; deal++)
        {
            var day = random.Next(1, 28);
            await PostAsync("/v1/deals", $$$"""
                {"id":"d{{{deal}}}","name":"D","ownerId":"r{{{deal % 3}}}","effectiveAt":"2026-01-{{{day:00}}}",
                 "amount":{"amount":"{{{deal + 1}}}.00","currency":"{{{(deal % 4 == 0 ? "EUR" : "USD")}}}"}}
                """);
            await PostAsync($"/v1/deals/d{deal}/stage", $$"""{"stage":"proposal","effectiveAt":"2026-02-{{random.Next(2, 27):00}}"}""");
            await PostAsync($"/v1/deals/d{deal}/win", $$"""{"closedOn":"2026-03-{{day:00}}"}""");
        }

        var head = (await PostAsync("/v1/deals", """{"name":"last","effectiveAt":"2026-01-02"}"""))["position"];
        foreach (var grouping in (string[])["", "&groupBy=stage", "&groupBy=owner", "&groupBy=category", "&groupBy=team", "&ownerId=r1"])
        {
            var series = (await GetAsync($"/v1/pipeline/snapshots?from=2026-01-01&to=2026-04-01&minPosition={head}{grouping}")).Expect(200);
            for (var day = 0; day < 90; day += 7)
            {
                var date = new DateOnly(2026, 1, 1).AddDays(day);
                var one = (await GetAsync($"/v1/pipeline?asOf={date:yyyy-MM-dd}{grouping}")).Expect(200);
                Assert.Equal($"{grouping} {date} {one["totals"]}", $"{grouping} {date} {series[$"items.{day}.totals"]}");
                Assert.Equal($"{grouping} {date} {one["groups"]}", $"{grouping} {date} {series[$"items.{day}.groups"]}");
            }
        }
    }

    private static string WithoutPosition(ApiAnswer answer)
    {
        var text = answer.Text;
        var asOf = answer["asOf"]!;
        Assert.StartsWith($$"""{"asOf":{{asOf}},""", text, StringComparison.Ordinal);
        return text[(asOf.Length + 8)..];
    }
}
