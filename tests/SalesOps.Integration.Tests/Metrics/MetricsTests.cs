using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Metrics;

/// <summary>The metrics of closed deals, over hand-made deals of one year that is all theirs.</summary>
public sealed class MetricsTests(MetricsTests.Deals deals) : IClassFixture<MetricsTests.Deals>
{
    [Fact]
    public async Task The_win_rate_is_won_by_all_that_closed_in_the_range()
    {
        var all = await deals.AskAsync("/v1/metrics/win-rate?from=2024-01-01&to=2025-01-01");
        Assert.Equal("closed.count", all["definition"]);
        Assert.Equal(("all", "4", "2", "0.666667"), Item(all, 0));

        var quarters = await deals.AskAsync("/v1/metrics/win-rate?from=2024-01-01&to=2025-01-01&groupBy=quarter");
        Assert.Equal(("2024-Q1", "2", "1", "0.666667"), Item(quarters, 0));
        Assert.Equal(("2024-Q2", "2", "1", "0.666667"), Item(quarters, 1));

        var halfOpen = await deals.AskAsync("/v1/metrics/win-rate?from=2024-02-10&to=2024-03-31");
        Assert.Equal(("all", "1", "0", "1"), Item(halfOpen, 0));

        static (string?, string?, string?, string?) Item(ApiAnswer answer, int index) =>
            (answer[$"items.{index}.key"], answer[$"items.{index}.won"], answer[$"items.{index}.lost"], answer[$"items.{index}.rate"]);
    }

    [Fact]
    public async Task By_value_the_amounts_count_where_they_are_of_one_currency()
    {
        // Won 100 + 250 + 50.01, lost 99.99; one won deal without an amount.
        var all = await deals.AskAsync("/v1/metrics/win-rate?definition=closed.value&to=2024-06-01");
        Assert.Equal("0.80002", all["items.0.rate"]);
        Assert.Equal("1", all["items.0.withoutAmount"]);
        Assert.Equal("400.01", all["items.0.wonAmounts.0.amount"]);

        var mixed = await deals.AskAsync("/v1/metrics/win-rate?definition=closed.value");
        Assert.Null(mixed["items.0.rate"]);
        Assert.Equal("mixed-currencies", mixed["items.0.reason"]);

        (await deals.GetAsync("/v1/metrics/win-rate?definition=won.lately")).Expect(422);
    }

    [Fact]
    public async Task A_rate_without_a_denominator_is_absent_with_a_reason()
    {
        var empty = await deals.AskAsync("/v1/metrics/win-rate?from=2020-01-01&to=2021-01-01");
        Assert.Equal(("0", null, "no-denominator"), (empty["items.0.won"], empty["items.0.rate"], empty["items.0.reason"]));
        Assert.Equal("[]", (await deals.AskAsync("/v1/metrics/win-rate?from=2020-01-01&to=2021-01-01&groupBy=month"))["items"]);
    }

    [Fact]
    public async Task A_closed_deal_stays_with_the_team_that_its_owner_was_in_at_the_close()
    {
        var teams = await deals.AskAsync("/v1/metrics/win-rate?groupBy=team");
        Assert.Equal("(none):1/0 Blue:1/1 Red:2/1", Counts(teams));
        var managers = await deals.AskAsync("/v1/metrics/win-rate?groupBy=manager");
        Assert.Equal("Max", managers["items.1.label"]);
        var owners = await deals.AskAsync("/v1/metrics/win-rate?groupBy=owner");
        Assert.Equal("(none):1/0 cy:3/2", Counts(owners));
        Assert.Equal("Cy", owners["items.1.label"]);
    }

    [Fact]
    public async Task Source_and_competitor_are_groups_too()
    {
        Assert.Equal("(none):3/2 web:1/0", Counts(await deals.AskAsync("/v1/metrics/win-rate?groupBy=source")));
        Assert.Equal("(none):4/1 Rival:0/1", Counts(await deals.AskAsync("/v1/metrics/win-rate?groupBy=competitor")));
    }

    [Fact]
    public async Task Bookings_are_what_was_won_with_its_average()
    {
        var quarters = await deals.AskAsync("/v1/metrics/bookings?from=2024-01-01&to=2025-01-01&groupBy=quarter");
        Assert.Equal(("2", "0", "350.00", "175.00"), Item(0));
        Assert.Equal(("2", "1", "50.01", "50.01"), Item(1));

        // 400.01 by three deals.
        Assert.Equal("133.34", (await deals.AskAsync("/v1/metrics/bookings?to=2025-01-01"))["items.0.average.amount"]);

        (string?, string?, string?, string?) Item(int index) => (
            quarters[$"items.{index}.deals"], quarters[$"items.{index}.withoutAmount"],
            quarters[$"items.{index}.amounts.0.amount"], quarters[$"items.{index}.average.amount"]);
    }

    [Fact]
    public async Task A_deal_of_several_products_counts_for_each_with_its_share()
    {
        var products = await deals.AskAsync("/v1/metrics/bookings?groupBy=product&to=2024-03-31");
        Assert.Equal(("(none)", null, "100.00"), Item(0));
        // 250 by 1 × 10.00 and 2 × 10.00.
        Assert.Equal(("desk", "Desk", "83.33"), Item(1));
        Assert.Equal(("lamp", "Lamp", "166.67"), Item(2));

        (string?, string?, string?) Item(int index) => (
            products[$"items.{index}.key"], products[$"items.{index}.label"], products[$"items.{index}.amounts.0.amount"]);
    }

    [Fact]
    public async Task The_cycle_is_the_days_from_creation_to_close()
    {
        // Won after 5, 40, 91 and 92 days.
        var won = await deals.AskAsync("/v1/metrics/cycle");
        Assert.Equal("won", won["outcome"]);
        Assert.Equal(("4", "57", "65.5", "91.7", "5", "92"), Statistics(won));
        Assert.Equal("[]", won["items.0.excluded"]);

        var lost = await deals.AskAsync("/v1/metrics/cycle?outcome=lost");
        Assert.Equal("2", lost["items.0.deals"]);
        Assert.Equal("6", (await deals.AskAsync("/v1/metrics/cycle?outcome=closed"))["items.0.deals"]);
        Assert.Equal("no-denominator", (await deals.AskAsync("/v1/metrics/cycle?to=2020-01-01"))["items.0.reason"]);

        var csv = (await deals.GetAsync("/v1/metrics/cycle", ("Accept", "text/csv"))).Expect(200);
        Assert.Equal("key,label,deals,mean,median,p90,min,max,reason,excluded\r\nall,,4,57,65.5,91.7,5,92,,0\r\n", csv.Text);

        static (string?, string?, string?, string?, string?, string?) Statistics(ApiAnswer answer) => (
            answer["items.0.deals"], answer["items.0.mean"], answer["items.0.median"], answer["items.0.p90"],
            answer["items.0.min"], answer["items.0.max"]);
    }

    [Fact]
    public async Task Metrics_answer_as_of_two_times_like_every_read()
    {
        var early = await deals.AskAsync("/v1/metrics/win-rate?asOf=2024-02-09");
        Assert.Equal(("1", "0"), (early["items.0.won"], early["items.0.lost"]));
        var known = await deals.AskAsync("/v1/metrics/win-rate?knownAt=2020-01-01");
        Assert.Equal(("0", "0"), (known["items.0.won"], known["asOf.position"]));

        var now = await deals.AskAsync("/v1/metrics/bookings?groupBy=team");
        var again = await deals.GetAsync($"/v1/metrics/bookings?groupBy=team&asOf={now["asOf.validAt"]}&knownAt={now["asOf.knownAt"]}");
        Assert.Equal(now.Text, again.Expect(200).Text);
    }

    private static string Counts(ApiAnswer answer) => string.Join(' ', answer.Json.GetProperty("items").EnumerateArray()
        .Select(item => $"{item.GetProperty("key").GetString()}:{item.GetProperty("won")}/{item.GetProperty("lost")}"));

    /// <summary>Four deals won and two lost, by a rep who moves to another team at the beginning of April.</summary>
    public sealed class Deals : ApiHost, IAsyncLifetime
    {
        private string position = "0";

        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await DoAsync("reps", """{"id":"cy","name":"Cy","managerId":"max","team":"Red","effectiveAt":"2024-01-01"}""");
            await DoAsync("reps", """{"id":"max","name":"Max","effectiveAt":"2024-01-01"}""");
            await DoAsync("reps/cy/team", """{"team":"Blue","effectiveAt":"2024-04-01"}""");
            await DoAsync("products", """{"id":"desk","name":"Desk","effectiveAt":"2024-01-01"}""");
            await DoAsync("products", """{"id":"lamp","name":"Lamp","effectiveAt":"2024-01-01"}""");

            await OpenAsync("a", "2024-01-05", ""","ownerId":"cy","source":"web","amount":{"amount":"100.00","currency":"EUR"}""");
            await DoAsync("deals/a/win", """{"closedOn":"2024-01-10"}""");
            await OpenAsync("b", "2024-01-02", ""","ownerId":"cy","amount":{"amount":"250.00","currency":"EUR"}""");
            await DoAsync("deals/b/products", """
                {"lines":[{"productId":"lamp","quantity":"2","price":{"amount":"10.00","currency":"EUR"}},
                          {"productId":"desk","quantity":"1","price":{"amount":"10.00","currency":"EUR"}}],"effectiveAt":"2024-01-03"}
                """);
            await DoAsync("deals/b/win", """{"closedOn":"2024-02-11"}""");
            await OpenAsync("c", "2024-01-01", ""","ownerId":"cy","amount":{"amount":"99.99","currency":"EUR"}""");
            await DoAsync("deals/c/lose", """{"closedOn":"2024-03-31","reason":"price","competitor":"Rival"}""");
            await OpenAsync("d", "2024-01-01", ""","ownerId":"cy","amount":{"amount":"50.01","currency":"EUR"}""");
            await DoAsync("deals/d/win", """{"closedOn":"2024-04-01"}""");
            await OpenAsync("e", "2024-01-31", "");
            await DoAsync("deals/e/win", """{"closedOn":"2024-05-02"}""");
            await OpenAsync("f", "2024-01-01", ""","ownerId":"cy","amount":{"amount":"10.00","currency":"USD"}""");
            await DoAsync("deals/f/lose", """{"closedOn":"2024-06-01","reason":"none"}""");
        }

        internal async Task<ApiAnswer> AskAsync(string path) =>
            (await GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={position}")).Expect(200);

        private Task OpenAsync(string id, string effectiveAt, string members) => DoAsync(
            "deals", $$"""{"id":"{{id}}","name":"Deal {{id}}","effectiveAt":"{{effectiveAt}}"{{members}}}""");

        private async Task DoAsync(string path, string body)
        {
            var answer = await PostAsync($"/v1/{path}", body);
            Assert.True(answer.Status is 200 or 201, $"{answer.Status}: {answer.Text}");
            position = answer["position"]!;
        }
    }
}
