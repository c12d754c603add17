using System.Globalization;
using System.Text.Json;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Pipelines;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Pipelines;

/// <summary>The waterfall over HTTP, and that the query finds for the rule what each deal by itself gives it.</summary>
public sealed class WaterfallApiTests : ApiHost, IAsyncLifetime
{
    private string position = "0";

    [Fact]
    public async Task W1_start_and_lines_make_the_end()
    {
        await OpenAsync("grows", "2026-01-01", "100000", "2026-02-10");
        await OpenAsync("pulled", "2026-01-01", "149382", "2026-05-01");
        await OpenAsync("lost", "2026-01-01", "271125", "2026-03-01");
        await OpenAsync("shrinks", "2026-01-01", "598947", "2026-03-01");
        await OpenAsync("won", "2026-01-01", "287487", "2026-03-01");
        await DoAsync("deals/grows/amount", """{"amount":{"amount":"280171","currency":"USD"},"effectiveAt":"2026-02-02"}""");
        await DoAsync("deals/shrinks/amount", """{"amount":{"amount":"42655","currency":"USD"},"effectiveAt":"2026-02-02"}""");
        await DoAsync("deals/pulled/close-date", """{"expectedClose":"2026-03-31","effectiveAt":"2026-02-03"}""");
        await DoAsync("deals/lost/lose", """{"closedOn":"2026-02-04","reason":"price"}""");
        await DoAsync("deals/won/win", """{"closedOn":"2026-02-05"}""");
        await OpenAsync("new", "2026-02-06", "1501878", "2026-03-30");

        var answer = await AskAsync("from=2026-01-31&to=2026-02-28&closeFrom=2026-01-01&closeTo=2026-04-01");
        Assert.Equal("1257559.00", answer["start.amount"]);
        Assert.Equal("1974086.00", answer["end.amount"]);
        Assert.Equal(
            "created:1:1501878.00 pulledIn:1:149382.00 increased:1:180171.00 decreased:1:-556292.00 won:1:-287487.00 lost:1:-271125.00",
            LinesOf(answer));
        Assert.Equal("2026-01-31T23:59:59.999999Z", answer["from"]);
        Assert.Equal("transferredOut", answer["lines.14.kind"]);
        Assert.Null(answer["deals"]);

        var detail = await AskAsync("from=2026-01-31&to=2026-02-28&closeFrom=2026-01-01&closeTo=2026-04-01&detail=true");
        Assert.Equal(
            ("grows", "100000.00", "increased", "180171.00", "280171.00"),
            (detail["deals.0.dealId"], detail["deals.0.start.amount"], detail["deals.0.lines.0.kind"],
                detail["deals.0.lines.0.amount.amount"], detail["deals.0.end.amount"]));
        var csv = await GetAsync(
            $"/v1/pipeline/waterfall?from=2026-01-31&to=2026-02-28&minPosition={position}", ("Accept", "text/csv"));
        Assert.StartsWith(
            "kind,deals,currency,amount\r\ncreated,1,USD,1501878.00\r\nreopened,0,USD,0.00\r\n", csv.Expect(200).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rep_who_changes_the_team_transfers_the_open_deals_and_takes_no_booking_along()
    {
        await DoAsync("reps", """{"id":"cy","name":"Cy","team":"Red","effectiveAt":"2026-01-01"}""");
        await DoAsync("reps/cy/team", """{"team":"Blue","effectiveAt":"2026-03-01"}""");
        await OpenAsync("open", "2026-01-01", "10", "2026-06-01", "cy");
        await OpenAsync("won", "2026-01-01", "20", "2026-06-01", "cy");
        await DoAsync("deals/won/win", """{"closedOn":"2026-02-10"}""");

        Assert.Equal("won:1:-20.00 transferredOut:1:-10.00", LinesOf(await AskAsync("from=2026-01-31&to=2026-03-31&team=Red")));
        Assert.Equal("transferredIn:1:10.00", LinesOf(await AskAsync("from=2026-01-31&to=2026-03-31&team=Blue")));
        Assert.Equal("unchanged:1:0.00 won:1:-20.00", LinesOf(await AskAsync("from=2026-01-31&to=2026-03-31&ownerId=cy")));
        Assert.Equal("created:1:20.00 won:1:-20.00", LinesOf(await AskAsync("from=2025-12-31&to=2026-03-31&team=Red")));
    }

    [Fact]
    public async Task Several_currencies_are_never_summed_in_silence()
    {
        await OpenAsync("d", "2026-01-01", "10", "2026-06-01");
        await DoAsync("deals", """{"id":"e","name":"E","amount":{"amount":"7.00","currency":"EUR"},"effectiveAt":"2026-01-02"}""");
        var refused = (await GetAsync($"/v1/pipeline/waterfall?from=2025-12-31&to=2026-02-01&minPosition={position}")).Expect(422);
        Assert.Equal("mixed-currencies", refused["code"]);
        Assert.Equal("created:1:7.00", LinesOf(await AskAsync("from=2025-12-31&to=2026-02-01&currency=EUR")));
        Assert.Equal("created:1:10.00", LinesOf(await AskAsync("from=2025-12-31&to=2026-02-01&currency=USD")));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_and_nothing_is_no_zero_dollars()
    {
        foreach (var query in (string[])
            ["from=2026-02-01&to=2026-01-01", "from=2026-01-01&to=2026-02-01&closeFrom=2026-03-01&closeTo=2026-02-01",
             "from=2026-01-01&to=2026-02-01&currency=XXQ"])
        {
            (await GetAsync($"/v1/pipeline/waterfall?{query}")).Expect(422);
        }

        foreach (var query in (string[])["from=2026-02-01", "from=yesterday&to=2026-01-01", "from=2026-01-01&to=2026-02-01&form=both"])
        {
            (await GetAsync($"/v1/pipeline/waterfall?{query}")).Expect(400);
        }

        var empty = await AskAsync("from=2026-01-01&to=2026-02-01");
        Assert.Equal((null, "0", "no-amounts"), (empty["start"], empty["startDeals"], empty["reason"]));
        Assert.Equal("0.00", (await AskAsync("from=2026-01-01&to=2026-02-01&currency=EUR"))["start.amount"]);
    }

    [Fact]
    public async Task The_query_gives_the_rule_what_each_deal_by_itself_does()
    {
        await ChangeManyAsync();
        var days = Enumerable.Range(0, 59).Select(day => new DateOnly(2026, 1, 1).AddDays(day)).ToArray();
        var states = new List<Dictionary<string, DealFact>>();
        foreach (var day in days)
        {
            states.Add(await DealsAsync(day));
        }

        const string window = "&closeFrom=2026-02-01&closeTo=2026-03-01";
        foreach (var scope in (string[])["", window, $"{window}&ownerId=r1", "&ownerId=r0", "&category=commit"])
        {
            foreach (var form in Enum.GetValues<WaterfallForm>())
            {
                await CompareAsync(states, days, scope, form);
            }
        }
    }

    private async Task CompareAsync(
        List<Dictionary<string, DealFact>> states, DateOnly[] days, string scope, WaterfallForm form)
    {
        foreach (var (from, to) in ((int, int)[])[(0, 58), (20, 40), (35, 36), (40, 40)])
        {
            var pure = new Waterfall(form);
            foreach (var deal in states[to].Keys)
            {
                var (before, after) = (states[from].GetValueOrDefault(deal), states[to][deal]);
                pure.Add(new(
                    StateOf(before), StateOf(after), (before?.Status, before?.ClosedOn) != (after.Status, after.ClosedOn),
                    states.Skip(from + 1).Take(to - from - 1).Any(day => StateOf(day.GetValueOrDefault(deal)).IsIn),
                    1, before?.Amount?.Amount ?? 0, after.Amount?.Amount ?? 0));
            }

            var asked = $"from={days[from]:yyyy-MM-dd}&to={days[to]:yyyy-MM-dd}&currency=USD"
                + $"&form={EnumName<WaterfallForm>.Of(form)}{scope}";
            var answer = await AskAsync(asked);
            Assert.Equal(
                $"{asked} " + string.Join(' ', pure.Lines.Where(line => line.Deals > 0).Select(line => string.Create(
                    CultureInfo.InvariantCulture, $"{EnumName<WaterfallKind>.Of(line.Kind)}:{line.Deals}:{line.Amount:0.00}"))),
                $"{asked} {LinesOf(answer)}");
            Assert.Equal(new Money(pure.Start, "USD").AmountText(), answer["start.amount"]);
            Assert.Equal(new Money(pure.End, "USD").AmountText(), answer["end.amount"]);
            var detail = (await AskAsync(asked + "&detail=true")).Json;
            Assert.Equal(
                pure.Lines.Sum(line => line.Deals),
                detail.GetProperty("deals").EnumerateArray().Sum(deal => deal.GetProperty("lines").GetArrayLength()));
            Assert.Equal(answer.Json.GetProperty("lines").ToString(), detail.GetProperty("lines").ToString());
        }

        WaterfallState StateOf(DealFact? deal) => WaterfallState.Of(
            deal,
            scope.StartsWith("&close", StringComparison.Ordinal) ? new CloseWindow(new(2026, 2, 1), new(2026, 3, 1)) : default,
            !scope.Contains("ownerId", StringComparison.Ordinal)
                || (deal?.OwnerId is { } owner && scope.EndsWith(owner.Value, StringComparison.Ordinal)),
            !scope.Contains("category", StringComparison.Ordinal)
                || (deal?.Category ?? (deal?.Stage.Value == "negotiation" ? ForecastCategory.Commit : null)) == ForecastCategory.Commit);
    }

    /// <summary>Sixty deals with a change of some kind every few days, each day one at most.</summary>
    private async Task ChangeManyAsync()
    {
        var random = new Random(7);
        for (var number = 0; number < 60; number++)
        {
            var (id, day, isOpen) = ($"d{number:00}", random.Next(30), true);
            var amount = random.Next(1, 99).ToString(CultureInfo.InvariantCulture);
            await OpenAsync(id, Day(day), amount, Day(random.Next(90)), $"r{random.Next(3)}");
            for (day += random.Next(1, 9); day < 58; day += random.Next(1, 9))
            {
                var (verb, body) = (isOpen, random.Next(7)) switch
                {
                    (false, > 3) => ("reopen", "\"reason\":\"again\""),
                    (false, _) => ("activities", "\"kind\":\"call\",\"repId\":\"r1\""),
                    (_, 0) => ("win", $"\"closedOn\":\"{Day(day)}\""),
                    (_, 1) => ("lose", $"\"closedOn\":\"{Day(day)}\",\"reason\":\"price\""),
                    (_, 2) => ("owner", $"\"ownerId\":\"r{random.Next(3)}\""),
                    (_, 3) => ("amount", $"\"amount\":{{\"amount\":\"{random.Next(1, 99)}\",\"currency\":\"USD\"}}"),
                    (_, 4) => ("close-date", $"\"expectedClose\":\"{Day(random.Next(90))}\""),
                    (_, 5) => ("stage", "\"stage\":\"negotiation\""),
                    _ => ("forecast-category", $"\"category\":\"{(random.Next(2) == 0 ? "commit" : "bestCase")}\""),
                };
                isOpen = verb switch { "win" or "lose" => false, "reopen" => true, _ => isOpen };
                await DoAsync($"deals/{id}/{verb}", $"{{{body},\"effectiveAt\":\"{Day(day)}\"}}");
            }
        }

        static string Day(int day) => new DateOnly(2026, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private async Task<Dictionary<string, DealFact>> DealsAsync(DateOnly day)
    {
        var answer = (await GetAsync($"/v1/deals?limit=200&asOf={day:yyyy-MM-dd}&minPosition={position}")).Expect(200);
        return answer.Json.GetProperty("items").EnumerateArray().ToDictionary(item => Text(item, "id")!, item => new DealFact(
            Enum.Parse<DealStatus>(item.GetProperty("status").GetString()!, ignoreCase: true), "D", Pipeline.DefaultId,
            new(item.GetProperty("stage").GetString()!),
            new Money(decimal.Parse(item.GetProperty("amount").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture), "USD"),
            new RepId(item.GetProperty("ownerId").GetString()!), null,
            Text(item, "forecastCategory") is { } category ? EnumName<ForecastCategory>.Parse(category) : null,
            Date(item, "expectedClose"), new(2026, 1, 1), Date(item, "closedOn"), null, null, null, []));

        static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;

        static DateOnly? Date(JsonElement item, string name) =>
            Text(item, name) is { } text ? DateOnly.Parse(text, CultureInfo.InvariantCulture) : null;
    }

    private static string LinesOf(ApiAnswer answer) => string.Join(' ', answer.Json.GetProperty("lines").EnumerateArray()
        .Where(line => line.GetProperty("deals").GetInt64() > 0)
        .Select(line => $"{line.GetProperty("kind").GetString()}:{line.GetProperty("deals")}:"
            + line.GetProperty("amount").GetProperty("amount").GetString()));

    private async Task<ApiAnswer> AskAsync(string query) =>
        (await GetAsync($"/v1/pipeline/waterfall?{query}&minPosition={position}")).Expect(200);

    private Task OpenAsync(string id, string effectiveAt, string amount, string expectedClose, string owner = "ada") => DoAsync("deals", $$$"""
        {"id":"{{{id}}}","name":"D","ownerId":"{{{owner}}}","amount":{"amount":"{{{amount}}}","currency":"USD"},
         "expectedClose":"{{{expectedClose}}}","effectiveAt":"{{{effectiveAt}}}"}
        """);

    private async Task DoAsync(string path, string body)
    {
        var answer = await PostAsync($"/v1/{path}", body);
        Assert.True(answer.Status is 200 or 201, $"{path} {body} {answer.Status}: {answer.Text}");
        position = answer["position"] ?? position;
    }
}
