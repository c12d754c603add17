using SalesOps.Testing;
using Xunit;
using static SalesOps.Integration.Tests.Ledger.SalesScript;

namespace SalesOps.Integration.Tests.Ledger;

/// <summary>Capitalised costs and open liabilities, from deals and contracts to what finance reports (RULES R25).</summary>
public sealed class ContractCostApiTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        await host.RegisterAsync("ada", "ben");
        (await host.PostAsync("/v1/accounts", """{"id":"acme","name":"Acme","effectiveAt":"2019-01-01"}""")).Expect(201);
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_first_sale_is_amortised_over_the_renewal_too_and_the_renewal_over_its_own_term()
    {
        await CapitaliseAsync(",\"amortisationMonths\":48,\"renewalCommensurate\":false");
        await SellAsync("first", "ada", "2020-01-01", "300.00", "2020-01-01", "2021-12-31");
        await SellAsync("again", "ada", "2022-01-01", "100.00", "2022-01-01", "2023-12-31", "\"source\":\"renewal\",");
        foreach (var (year, expected, closing) in ((string, string, string)[])
            [("2020", "7.50", "22.50"), ("2021", "7.50", "15.00"), ("2022", "12.50", "12.50"), ("2023", "12.50", "0.00")])
        {
            var roll = (await host.GetAsync($"/v1/ledger/contract-costs?period={year}")).Expect(200);
            Assert.Equal((expected, closing), (roll["items.0.amortisation.amount"], roll["items.0.closing.amount"]));
        }
    }

    [Fact]
    public async Task Schedules_sum_to_the_cent_and_the_roll_forward_is_that_of_any_date_and_any_knowledge()
    {
        await CapitaliseAsync(string.Empty);
        await SellAsync("odd", "ada", "2024-01-01", "10000.00", "2024-01-01", "2025-02-28");
        var schedule = (await host.GetAsync("/v1/ledger/contract-costs/schedules?dealId=odd&asOf=2024-06-30")).Expect(200);
        Assert.Equal(
            ("odd", "1000.00", "14", "571.43", "71.43", "0.00"),
            (schedule["items.0.creditId"], schedule["items.0.amount.amount"], schedule["items.0.months"],
                schedule["items.0.carrying.amount"], schedule["items.0.schedule.0.amortised.amount"],
                schedule["items.0.schedule.13.closing.amount"]));

        const string half = "/v1/ledger/contract-costs?from=2024-01-01&to=2024-07-01";
        var known = (await host.GetAsync(half)).Expect(200);
        Assert.Equal(
            ("0.00", "1000.00", "428.57", "571.43", "571.43", "0.00"),
            (known["items.0.opening.amount"], known["items.0.additions.amount"], known["items.0.amortisation.amount"],
                known["items.0.closing.amount"], known["items.0.current.amount"], known["items.0.nonCurrent.amount"]));
        Assert.Equal(known["items"], (await host.GetAsync($"{half}&groupBy=deal")).Expect(200)["items"]!
            .Replace("\"key\":\"odd\",\"label\":\"odd\"", "\"key\":\"all\"", StringComparison.Ordinal));

        // A contract of five years, learned of later.
        await SellAsync("long", "ben", "2024-02-01", "30000.00", "2024-02-01", "2029-01-31");
        var now = (await host.GetAsync(half)).Expect(200);
        Assert.Equal(
            ("4000.00", "678.57", "3321.43", "2150.00"),
            (now["items.0.additions.amount"], now["items.0.amortisation.amount"], now["items.0.closing.amount"],
                now["items.0.nonCurrent.amount"]));
        var again = await host.GetAsync($"{half}&knownAt={Uri.EscapeDataString(known["asOf.knownAt"]!)}");
        Assert.Equal(known.Text, again.Expect(200).Text);
        var byRep = (await host.GetAsync($"{half}&groupBy=rep&limit=1")).Expect(200);
        var next = (await host.GetAsync($"{half}&groupBy=rep&limit=1&cursor={byRep["nextCursor"]}")).Expect(200);
        Assert.Equal(
            ("ada", "ada", "ben", "2750.00"),
            (byRep["items.0.key"], byRep["items.0.label"], next["items.0.key"], next["items.0.closing.amount"]));
        Assert.Equal("3321.43", byRep["totals.0.closing.amount"]);
        var balance = (await host.GetAsync("/v1/ledger/trial-balance?asOf=2024-06-30")).Expect(200);
        Assert.Contains("\"balance\":{\"amount\":\"3321.43\"", balance.Text, StringComparison.Ordinal);
        Assert.Equal("true", balance["balanced"]);
    }

    [Fact]
    public async Task A_contract_that_ends_early_is_written_off_and_a_sealed_month_stays_as_it_is()
    {
        await CapitaliseAsync(string.Empty);
        await SellAsync("short", "ada", "2024-01-01", "12000.00", "2024-01-01", "2024-12-31");
        foreach (var month in (string[])["2024-01", "2024-02"])
        {
            (await host.PostAsync($"/v1/periods/{month}/close", "{}", ("Idempotency-Key", month))).Expect(200);
        }

        var january = (await host.GetAsync("/v1/ledger/trial-balance?asOf=2024-02-29")).Expect(200)["items"];
        (await host.PostAsync("/v1/contracts/c-short/terminate", """{"on":"2024-02-15","reason":"price"}""")).Expect(200);
        var roll = (await host.GetAsync("/v1/ledger/contract-costs?period=2024")).Expect(200);
        Assert.Equal(
            ("1200.00", "100.00", "1100.00", "0.00"),
            (roll["items.0.additions.amount"], roll["items.0.amortisation.amount"], roll["items.0.disposals.amount"],
                roll["items.0.closing.amount"]));
        Assert.Equal(january, (await host.GetAsync("/v1/ledger/trial-balance?asOf=2024-02-29")).Expect(200)["items"]);
        var csv = (await host.GetAsync("/v1/ledger/contract-costs?period=2024-03&groupBy=rep", ("Accept", "text/csv"))).Expect(200);
        Assert.Contains("ada,ada,USD,1000.00,0.00,-100.00,0.00,1100.00,0.00,0.00,0.00", csv.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_liabilities_are_those_of_the_date_and_of_the_knowledge()
    {
        await host.PublishAsync(Flat("cash", "0.10", "\"holdback\":{\"percent\":\"20\",\"release\":{\"on\":\"2024-06-01\"}},"));
        await host.AssignAsync("ada", "cash", "2024-01-01");
        await host.AssignAsync("ben", "cash", "2024-01-01");
        await host.WinAsync("d1", "ada", "2024-01-20", "1000.00");
        await host.WinAsync("d2", "ben", "2024-02-20", "500.00");
        var may = (await host.GetAsync("/v1/ledger/accruals?asOf=2024-05-31&groupBy=rep")).Expect(200);
        Assert.Equal(
            ("ada", "20.00", "80.00", "100.00", "ben", "50.00", "150.00"),
            (may["items.0.key"], may["items.0.held.amount"], may["items.0.due.amount"], may["items.0.liability.amount"],
                may["items.1.key"], may["items.1.net.amount"], may["totals.0.liability.amount"]));
        var june = (await host.GetAsync("/v1/ledger/accruals?asOf=2024-06-01&groupBy=originPeriod")).Expect(200);
        Assert.Equal(("2024-01", "80.00"), (june["items.0.key"], june["items.0.due.amount"]));

        var payout = (await host.PostAsync(
            "/v1/payouts", """{"repId":"ada","period":"2024-01","paidOn":"2024-06-05"}""", ("X-Actor", "eve"))).Expect(201);
        (await host.PostAsync($"/v1/payouts/{payout["id"]}/approve", "{}", ("X-Actor", "kim"))).Expect(200);
        var paid = (await host.GetAsync("/v1/ledger/accruals?asOf=2024-06-30&groupBy=rep")).Expect(200);
        Assert.Equal(("20.00", "50.00"), (paid["items.0.liability.amount"], paid["items.1.liability.amount"]));
        Assert.Equal(
            june["totals"], (await host.GetAsync(
                $"/v1/ledger/accruals?asOf=2024-06-30&knownAt={Uri.EscapeDataString(june["asOf.knownAt"]!)}")).Expect(200)["items"]);
        var csv = (await host.GetAsync("/v1/ledger/accruals?asOf=2024-06-30&groupBy=deal", ("Accept", "text/csv"))).Expect(200);
        Assert.Contains("d2,d2,USD,0.00,0.00,50.00,50.00,0.00,0.00,50.00", csv.Text, StringComparison.Ordinal);
        Assert.Equal("bad-parameter", (await host.GetAsync("/v1/ledger/accruals?groupBy=colour")).Expect(400)["code"]);
    }

    private async Task CapitaliseAsync(string more)
    {
        await host.PublishAsync(Flat("cap", "0.10", $"\"accounting\":{{\"capitalise\":true{more}}},"));
        await host.AssignAsync("ada", "cap", "2019-01-01");
        await host.AssignAsync("ben", "cap", "2019-01-01");
    }

    private async Task SellAsync(string id, string rep, string on, string amount, string from, string to, string more = "")
    {
        await host.WinAsync(id, rep, on, amount, more);
        (await host.PostAsync("/v1/contracts", $$"""
            {"id":"c-{{id}}","accountId":"acme","dealId":"{{id}}","termStart":"{{from}}","termEnd":"{{to}}",
             "value":{"amount":"{{amount}}","currency":"USD"},"autoRenew":false,"noticeDays":30,"effectiveAt":"{{from}}"}
            """)).Expect(201);
        (await host.PostAsync($"/v1/contracts/c-{id}/send", $$"""{"effectiveAt":"{{from}}"}""")).Expect(200);
        (await host.PostAsync($"/v1/contracts/c-{id}/sign", $$"""{"signedOn":"{{from}}"}""")).Expect(200);
        (await host.PostAsync($"/v1/contracts/c-{id}/activate", $$"""{"effectiveAt":"{{from}}"}""")).Expect(200);
    }
}
