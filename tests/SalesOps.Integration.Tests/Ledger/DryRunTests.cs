using SalesOps.Testing;
using Xunit;
using static SalesOps.Integration.Tests.Ledger.SalesScript;

namespace SalesOps.Integration.Tests.Ledger;

/// <summary>What a late event would do to pay, told before it is recorded.</summary>
public sealed class DryRunTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        await host.RegisterAsync("ada", "ben", "mia");
        await host.PublishAsync(Flat("flat", "0.10"));
        await host.AssignAsync("ada", "flat", "2024-01-01");
        await host.AssignAsync("ben", "flat", "2024-01-01");
        await host.WinAsync("d1", "ada", "2024-01-20", "1000.00");
        (await host.PostAsync("/v1/periods/2024-01/close", "{}", ("Idempotency-Key", "1"))).Expect(200);
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_late_split_of_a_sealed_month_says_where_its_deltas_go_and_then_does_what_it_said()
    {
        const string body = """
            {"splits":[{"repId":"ada","percent":"60","kind":"revenue"},{"repId":"ben","percent":"40","kind":"revenue"}]}
            """;
        var before = (await host.GetAsync("/v1/deals/d1")).Expect(200);
        var told = (await host.PostAsync("/v1/deals/d1/splits?dryRun=true", body, ("Idempotency-Key", "s"))).Expect(200);
        Assert.Equal(
            ("ada", "-40.00", "2024-01", "2024-02", "true"),
            (told["impact.items.0.repId"], told["impact.items.0.difference.earned.amount"],
                told["impact.items.0.periods.0.originPeriod"], told["impact.items.0.periods.0.postingPeriod"],
                told["impact.items.0.periods.0.isLate"]));
        Assert.Equal(
            ("ben", "40.00", "earned", "d1", "0.00"),
            (told["impact.items.1.repId"], told["impact.items.1.periods.0.difference.payable.amount"],
                told["impact.items.1.periods.0.lines.0.kind"], told["impact.items.1.periods.0.lines.0.dealId"],
                told["impact.totals.0.difference.earned.amount"]));
        Assert.Equal(before["version"], (await host.GetAsync("/v1/deals/d1")).Expect(200)["version"]);
        Assert.Equal("[]", (await host.GetAsync("/v1/reps/ben/statements/2024")).Expect(200)["lines"]);

        // The key was not spent on it.
        var done = (await host.PostAsync("/v1/deals/d1/splits", body, ("Idempotency-Key", "s"))).Expect(200);
        Assert.Null(done["impact"]);
        Assert.Equal("-40.00", (await host.GetAsync("/v1/reps/ada/statements/2024-02")).Expect(200)["totals.earned.amount"]);
        Assert.Equal("40.00", (await host.GetAsync("/v1/reps/ben/statements/2024-02")).Expect(200)["totals.earned.amount"]);
        var again = (await host.PostAsync("/v1/deals/d1/splits?dryRun=true", body)).Expect(200);
        Assert.Equal("[]", again["impact.items"]);
    }

    [Fact]
    public async Task A_win_a_correction_and_a_change_of_plan_are_told_and_what_is_refused_is_refused_alike()
    {
        (await host.PostAsync("/v1/deals", """
            {"id":"d2","name":"d2","ownerId":"ben","amount":{"amount":"500.00","currency":"USD"},"effectiveAt":"2024-01-01"}
            """)).Expect(201);
        var win = (await host.PostAsync("/v1/deals/d2/win?dryRun=true", """{"closedOn":"2024-02-10"}""")).Expect(200);
        Assert.Equal(
            ("ben", "50.00", "2024-02", "false"),
            (win["impact.items.0.repId"], win["impact.items.0.difference.earned.amount"],
                win["impact.items.0.periods.0.postingPeriod"], win["impact.items.0.periods.0.isLate"]));
        Assert.Equal("open", (await host.GetAsync("/v1/deals/d2")).Expect(200)["status"]);

        var history = (await host.GetAsync("/v1/deals/d1/history")).Expect(200);
        var correction = (await host.PostAsync("/v1/deals/d1/corrections?dryRun=true", $$"""
            {"eventId":"{{history["items.0.eventId"]}}","reason":"price",
             "replacement":{"data":{"name":"d1","ownerId":"ada","amount":{"amount":"700.00","currency":"USD"} } } }
            """)).Expect(200);
        Assert.Equal("-30.00", correction["impact.items.0.difference.earned.amount"]);

        await host.PublishAsync(Flat("twice", "0.20"));
        var plan = (await host.PostAsync(
            "/v1/reps/ada/plan-assignments?dryRun=true", """{"planId":"twice","effectiveFrom":"2024-01-01"}""")).Expect(200);
        Assert.Equal("100.00", plan["impact.totals.0.difference.payable.amount"]);

        (await host.PostAsync("/v1/deals/none/win?dryRun=true", """{"closedOn":"2024-02-10"}""")).Expect(404);
        Assert.Equal("percent-range", (await host.PostAsync(
            "/v1/deals/d1/splits?dryRun=true", """{"splits":[{"repId":"ada","percent":"101","kind":"revenue"}]}""")).Expect(422)["code"]);
        (await host.PostAsync("/v1/deals/d2/win?dryRun=perhaps", """{"closedOn":"2024-02-10"}""")).Expect(400);
        (await host.PostAsync("/v1/comp-plans/flat/publish?dryRun=true", "{}", ("Idempotency-Key", "2"))).Expect(400);
    }

    [Fact]
    public async Task A_manager_who_comes_to_be_would_earn_on_the_credit_of_those_below()
    {
        await host.PublishAsync(Flat("lead", "0.10", "\"overrides\":[{\"level\":1,\"rate\":\"0.02\"}],"));
        await host.AssignAsync("mia", "lead", "2024-01-01");
        var told = (await host.PostAsync(
            "/v1/reps/ada/manager?dryRun=true", """{"managerId":"mia","effectiveAt":"2024-01-05"}""")).Expect(200);
        Assert.Equal(("mia", "20.00"), (told["impact.items.0.repId"], told["impact.items.0.difference.earned.amount"]));
        (await host.PostAsync("/v1/reps/ada/manager", """{"managerId":"mia","effectiveAt":"2024-01-05"}""")).Expect(200);
        Assert.Equal("20.00", (await host.GetAsync("/v1/reps/mia/statements/2024")).Expect(200)["totals.earned.amount"]);

        var history = (await host.GetAsync("/v1/reps/ada/history")).Expect(200);
        var taken = (await host.PostAsync("/v1/reps/ada/corrections?dryRun=true", $$"""
            {"eventId":"{{history["items.1.eventId"]}}","reason":"never"}
            """)).Expect(200);
        Assert.Equal(("mia", "-20.00"), (taken["impact.items.0.repId"], taken["impact.items.0.difference.earned.amount"]));
    }
}
