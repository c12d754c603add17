using SalesOps.Integration.Tests.Ledger;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Integration.Tests.Ledger.SalesScript;

namespace SalesOps.Integration.Tests.Compensation;

/// <summary>Drafts over real history, against what was paid.</summary>
public sealed class PlanPreviewTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public async Task InitializeAsync()
    {
        await host.InitializeAsync();
        await host.RegisterAsync("ada", "ben", "cleo");
        await host.PublishAsync(Flat("flat", "0.05"));
        await host.AssignAsync("ada", "flat", "2024-01-01");
        await host.AssignAsync("ben", "flat", "2024-01-01");
        await host.WinAsync("d1", "ada", "2024-01-20", "1000.00");
        await host.WinAsync("d2", "ada", "2024-02-20", "3000.00");
        await host.WinAsync("d3", "ben", "2024-02-21", "500.00");
        await host.WinAsync("d4", "cleo", "2024-02-22", "700.00");
    }

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_new_draft_of_a_plan_is_compared_with_what_its_reps_were_paid_and_nothing_is_written()
    {
        (await host.PutAsync("/v1/comp-plans/flat", Flat("flat", "0.08"))).Expect(200);
        var statement = (await host.GetAsync("/v1/reps/ada/statements/2024-Q1")).Expect(200);
        var head = await HeadAsync();
        var preview = (await host.PostAsync("/v1/comp-plans/flat/preview", """{"period":"2024-Q1"}""")).Expect(200);
        Assert.Equal(
            ("ada", "flat@1", statement["totals.earned.amount"], "320.00", "120.00"),
            (preview["items.0.repId"], preview["items.0.plansBefore.0"], preview["items.0.before.earned.amount"],
                preview["items.0.after.earned.amount"], preview["items.0.difference.earned.amount"]));
        Assert.Equal(
            ("2024-02", "150.00", "240.00", "90.00"),
            (preview["items.0.periods.1.period"], preview["items.0.periods.1.before.payable.amount"],
                preview["items.0.periods.1.after.payable.amount"], preview["items.0.periods.1.difference.payable.amount"]));
        Assert.Equal(
            ("USD", "225.00", "360.00", "2"),
            (preview["totals.0.currency"], preview["totals.0.before.earned.amount"], preview["totals.0.after.earned.amount"],
                preview["reps"]));
        Assert.Equal("unbounded", preview["findings.0.code"]);

        // What lies outside of the time asked for is paid as it was.
        var february = (await host.PostAsync(
            "/v1/comp-plans/flat/preview", """{"from":"2024-02-01","to":"2024-03-01","repIds":["ada"]}""")).Expect(200);
        Assert.Equal(("150.00", "240.00"), (february["items.0.before.earned.amount"], february["items.0.after.earned.amount"]));
        Assert.Equal(head, await HeadAsync());
        Assert.Equal(statement["totals"], (await host.GetAsync("/v1/reps/ada/statements/2024-Q1")).Expect(200)["totals"]);

        // Once it is published from the same day on, the ledger comes to what the preview said.
        (await host.PostAsync(
            "/v1/comp-plans/flat/publish", """{"effectiveAt":"2024-02-01"}""", ("Idempotency-Key", "2"))).Expect(200);
        Assert.Equal("240.00", (await host.GetAsync("/v1/reps/ada/statements/2024-02")).Expect(200)["totals.earned.amount"]);
    }

    [Fact]
    public async Task A_plan_that_pays_nobody_yet_is_tried_on_everybody_or_on_those_named()
    {
        (await host.PostAsync("/v1/comp-plans", Flat("next", "0.10"))).Expect(201);
        var all = (await host.PostAsync("/v1/comp-plans/next/preview", """{"period":"2024"}""")).Expect(200);
        Assert.Equal(
            ("2", "ada", "200.00", "400.00", "ben", "50.00"),
            (all["reps"], all["items.0.repId"], all["items.0.before.earned.amount"], all["items.0.after.earned.amount"],
                all["items.1.repId"], all["items.1.after.earned.amount"]));
        var cleo = (await host.PostAsync("/v1/comp-plans/next/preview", """{"period":"2024","repIds":["cleo"]}""")).Expect(200);
        Assert.Equal(
            ("[]", "0.00", "70.00"),
            (cleo["items.0.plansBefore"], cleo["items.0.before.earned.amount"], cleo["items.0.after.earned.amount"]));
        var csv = (await host.PostAsync(
            "/v1/comp-plans/next/preview", """{"period":"2024"}""", ("Accept", "text/csv"))).Expect(200);
        Assert.Contains("ada,ada,2024-02,USD,150.00,300.00,150.00,150.00,300.00,150.00,", csv.Text, StringComparison.Ordinal);

        var page = (await host.PostAsync("/v1/comp-plans/next/preview?limit=1", """{"period":"2024"}""")).Expect(200);
        var rest = (await host.PostAsync(
            $"/v1/comp-plans/next/preview?limit=1&cursor={page["nextCursor"]}", """{"period":"2024"}""")).Expect(200);
        Assert.Equal(("ada", "ben", null), (page["items.0.repId"], rest["items.0.repId"], rest["nextCursor"]));
        Assert.Equal(page["totals"], rest["totals"]);
    }

    [Fact]
    public async Task It_answers_by_what_was_known()
    {
        var known = (await host.PostAsync("/v1/comp-plans/flat/preview", """{"period":"2024-Q1"}""")).Expect(200);
        await host.WinAsync("late", "ada", "2024-02-25", "10000.00");
        var knownAt = Uri.EscapeDataString(known["asOf.knownAt"]!);
        var again = (await host.PostAsync(
            $"/v1/comp-plans/flat/preview?knownAt={knownAt}", """{"period":"2024-Q1"}""")).Expect(200);
        Assert.Equal(known.Text, again.Text);
        var now = (await host.PostAsync("/v1/comp-plans/flat/preview", """{"period":"2024-Q1"}""")).Expect(200);
        Assert.NotEqual(known["totals"], now["totals"]);
        var before = (await host.PostAsync("/v1/comp-plans/flat/preview?asOf=2024-01-31", """{"period":"2024-Q1"}""")).Expect(200);
        Assert.Equal("50.00", before["items.0.before.earned.amount"]);
    }

    [Fact]
    public async Task What_cannot_be_reckoned_is_said_of_the_rep_and_bad_input_of_the_request()
    {
        var tiered = Flat("tiered", "0.05").Replace("\"unit\":\"amount\"", "\"unit\":\"attainment\"", StringComparison.Ordinal);
        (await host.PostAsync("/v1/comp-plans", tiered)).Expect(201);
        var preview = (await host.PostAsync("/v1/comp-plans/tiered/preview", """{"period":"2024","repIds":["ada"]}""")).Expect(200);
        Assert.Equal(("quota-missing", "[]"), (preview["items.0.problem.code"], preview["totals"]));

        async Task RefuseAsync(string plan, string body, int status, string code, string? pointer)
        {
            var refused = (await host.PostAsync($"/v1/comp-plans/{plan}/preview", body)).Expect(status);
            Assert.Equal((code, pointer), (refused["code"], refused["errors.0.pointer"]));
        }

        await RefuseAsync("none", "{}", 404, "plan-not-found", null);
        await RefuseAsync("flat", """{"period":"soon"}""", 422, "bad-period", "/period");
        await RefuseAsync("flat", """{"period":"2024","from":"2024-01-01"}""", 422, "one-range", "/period");
        await RefuseAsync("flat", """{"from":"2024-02-01","to":"2024-01-01"}""", 422, "range-empty", "/to");
        await RefuseAsync("flat", """{"from":"2004-02-01","to":"2024-01-01"}""", 422, "range-too-long", "/to");
        await RefuseAsync("flat", """{"repIds":["ada","nobody"]}""", 422, "rep-unknown", "/repIds/1");
        await RefuseAsync("flat", """{"period":2024}""", 400, "wrong-type", "/period");
    }

    private async Task<string?> HeadAsync() => (await host.GetAsync("/v1/reps/ada/statements/2024-Q1")).Expect(200)["asOf.position"];
}
