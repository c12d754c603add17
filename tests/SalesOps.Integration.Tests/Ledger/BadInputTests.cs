using SalesOps.Testing;
using Xunit;
using static SalesOps.Integration.Tests.Ledger.SalesScript;

namespace SalesOps.Integration.Tests.Ledger;

/// <summary>Bad input to compensation and ledger: a clear problem that points at it, and nothing written.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_plan_that_cannot_be_meant_is_refused_where_it_is_wrong()
    {
        await RefuseAsync("{\"from\":\"10\",\"rate\":\"0.1\"}", 422, "tier-gap", "/components/0/rates/tiers/0/from");
        await RefuseAsync(
            "{\"from\":\"0\",\"rate\":\"0.1\"},{\"from\":\"500\",\"rate\":\"0.2\"},{\"from\":\"300\",\"rate\":\"0.3\"}",
            422, "tiers-order", "/components/0/rates/tiers/2/from");
        await RefuseAsync(
            "{\"from\":\"0\",\"rate\":\"0.1\"},{\"from\":\"500\",\"rate\":\"0.2\"},{\"from\":\"500\",\"rate\":\"0.3\"}",
            422, "tiers-overlap", "/components/0/rates/tiers/2/from");
        await RefuseAsync("{\"from\":\"0\",\"rate\":0.1}", 400, "wrong-type", "/components/0/rates/tiers/0/rate");
        await RefuseAsync("{\"from\":\"0\",\"rate\":\"-0.1\"}", 422, "out-of-range", "/components/0/rates/tiers/0/rate");
        await RefuseAsync("{\"from\":\"0\"}", 422, "tier-rate", "/components/0/rates/tiers/0/rate");
        Assert.Equal("[]", (await host.GetAsync("/v1/comp-plans")).Expect(200)["items"]);
        await host.PublishAsync(Flat("control", "0.1"));

        async Task RefuseAsync(string tiers, int status, string code, string pointer)
        {
            var refused = (await host.PostAsync("/v1/comp-plans", Flat("bad", "0").Replace(
                "{\"from\":\"0\",\"rate\":\"0\"}", tiers, StringComparison.Ordinal))).Expect(status);
            Assert.Equal((code, pointer), (refused["code"], refused["errors.0.pointer"]));
        }
    }

    [Fact]
    public async Task A_credit_that_cannot_be_counted_is_refused_where_it_is_wrong()
    {
        await RefuseAsync(
            "{\"id\":\"d1\",\"on\":\"2026-01-15\",\"amount\":{\"amount\":\"10.00\",\"currency\":\"EUR\"}}",
            "rate-missing", "/credits/0/amount");
        await RefuseAsync(
            "{\"id\":\"d1\",\"on\":\"2026-01-15\",\"amount\":{\"amount\":\"10.00\",\"currency\":\"USD\"},"
            + "\"collected\":[{\"on\":\"2026-01-16\",\"amount\":{\"amount\":\"10.00\",\"currency\":\"EUR\"}}]}",
            "currency-mixed", "/credits/0/collected");
        await RefuseAsync(
            "{\"id\":\"d1\",\"on\":\"2026-01-15\",\"amount\":{\"amount\":\"10.00\",\"currency\":\"USD\"},"
            + "\"splits\":[{\"repId\":\"rep\",\"percent\":\"61\"},{\"repId\":\"ben\",\"percent\":\"40\"}]}",
            "splits-sum", "/credits/0/splits");
        await RefuseAsync(
            "{\"id\":\"d1\",\"on\":\"2026-01-15\",\"amount\":{\"amount\":\"10.00\",\"currency\":\"USD\"},\"percent\":\"101\"}",
            "percent-range", "/credits/0/percent");

        await host.RegisterAsync("ada", "ben");
        (await host.PostAsync("/v1/deals", """{"id":"d1","name":"D","ownerId":"ada","effectiveAt":"2024-01-01"}""")).Expect(201);
        var split = (await host.PostAsync("/v1/deals/d1/splits", """
            {"splits":[{"repId":"ada","percent":"61","kind":"revenue"},{"repId":"ben","percent":"40","kind":"revenue"}]}
            """)).Expect(422);
        Assert.Equal(("splits-sum", "1"), (split["code"], (await host.GetAsync("/v1/deals/d1")).Expect(200)["version"]));

        async Task RefuseAsync(string credit, string code, string pointer)
        {
            var refused = (await host.PostAsync("/v1/compensation/calculate", $$"""
                {"plan":{{Flat("p", "0.1")}},"credits":[{{credit}}],"periods":["2026-01"]}
                """)).Expect(422);
            Assert.Equal((code, pointer), (refused["code"], refused["errors.0.pointer"]));
        }
    }

    [Fact]
    public async Task A_missing_rate_keeps_the_month_open_by_name_until_it_is_there()
    {
        await host.RegisterAsync("ada");
        await host.PublishAsync(Flat("flat", "0.10"));
        await host.AssignAsync("ada", "flat", "2024-01-01");
        (await host.PostAsync("/v1/deals", """
            {"id":"d1","name":"D","ownerId":"ada","amount":{"amount":"100.00","currency":"EUR"},"effectiveAt":"2024-01-01"}
            """)).Expect(201);
        (await host.PostAsync("/v1/deals/d1/win", """{"closedOn":"2024-01-20"}""")).Expect(200);
        Assert.Equal("[]", (await host.GetAsync("/v1/reps/ada/statements/2024-01")).Expect(200)["lines"]);
        var refused = (await CloseAsync("2024-01", "1")).Expect(409);
        Assert.Equal(("period-not-ready", "missing-rates"), (refused["code"], refused["errors.0.code"]));
        (await host.PostAsync("/v1/rates", """{"base":"EUR","quote":"USD","from":"2024-01-01","rate":"1.10"}""")).Expect(200);
        Assert.Equal("11.00", (await host.GetAsync("/v1/reps/ada/statements/2024-01")).Expect(200)["totals.earned.amount"]);
        (await CloseAsync("2024-01", "2")).Expect(200);

        Assert.Equal("period-closed", (await CloseAsync("2024-01", "3")).Expect(409)["code"]);
        Assert.Equal("period-out-of-order", (await CloseAsync("2024-03", "4")).Expect(409)["code"]);
        Assert.Equal("period-closed", (await host.PostAsync("/v1/adjustments", """
            {"repId":"ada","period":"2024-01","amount":{"amount":"1.00","currency":"USD"},"reason":"late"}
            """)).Expect(409)["code"]);
        Assert.Equal("period-closed", (await host.PostAsync("/v1/payouts", """
            {"repId":"ada","amount":{"amount":"1.00","currency":"USD"},"paidOn":"2024-01-31"}
            """)).Expect(409)["code"]);
        const string own = """{"id":"a1","repId":"ada","period":"2024-02","amount":{"amount":"1.00","currency":"USD"},"reason":"prize"}""";
        (await host.PostAsync("/v1/adjustments", own, ("X-Actor", "eve"))).Expect(201);
        foreach (var (actor, code) in ((string, string)[])[("eve", "approver-is-author"), ("ada", "approver-is-beneficiary")])
        {
            var approval = (await host.PostAsync("/v1/adjustments/a1/approve", "{}", ("X-Actor", actor))).Expect(409);
            Assert.Equal(code, approval["code"]);
        }

        Assert.Equal("0.00", (await host.GetAsync("/v1/reps/ada/statements/2024-02")).Expect(200)["totals.adjusted.amount"]);
    }

    [Fact]
    public async Task Plans_are_listed_by_status_currency_and_length_page_by_page()
    {
        await host.PublishAsync(Flat("a1", "0.1"));
        (await host.PostAsync("/v1/comp-plans", Flat("b2", "0.1"))).Expect(201);
        await host.PublishAsync(Flat("c3", "0.1"));
        (await host.PutAsync("/v1/comp-plans/c3", Flat("c3", "0.2"))).Expect(200);
        var first = (await host.GetAsync("/v1/comp-plans?limit=2")).Expect(200);
        Assert.Equal(
            ("a1", "published", "1", "b2", "draft"),
            (first["items.0.id"], first["items.0.status"], first["items.0.version"], first["items.1.id"], first["items.1.status"]));
        var rest = (await host.GetAsync($"/v1/comp-plans?limit=2&cursor={first["nextCursor"]}")).Expect(200);
        Assert.Equal(("c3", "changed", null), (rest["items.0.id"], rest["items.0.status"], rest["nextCursor"]));
        Assert.Equal("c3", (await host.GetAsync("/v1/comp-plans?status=changed&currency=USD&period=month")).Expect(200)["items.0.id"]);
        Assert.Equal("[]", (await host.GetAsync("/v1/comp-plans?currency=EUR")).Expect(200)["items"]);
        Assert.Equal("[]", (await host.GetAsync("/v1/comp-plans?asOf=2020-01-01")).Expect(200)["items"]);
        (await host.GetAsync("/v1/comp-plans?status=gone")).Expect(400);
    }

    private Task<ApiAnswer> CloseAsync(string period, string key) =>
        host.PostAsync($"/v1/periods/{period}/close", "{}", ("Idempotency-Key", key));
}
