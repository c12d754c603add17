using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SalesOps.Api.Ledger;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Ledger;

/// <summary>From deals to statements: plans over HTTP, deals imported or won one by one, and what finance then reads.</summary>
public sealed class CompensationLedgerTests : IAsyncLifetime
{
    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_flat_plan_pays_each_deal_rounded_whether_assigned_before_the_import_or_after()
    {
        var reps = new[] { "ada", "ben", "cleo" };
        foreach (var rep in reps)
        {
            await RegisterAsync(rep);
        }

        await PublishAsync(Flat("flat", "quarter"));
        await AssignAsync("ada", "flat", "2016-01-01");
        var expected = await ImportAsync(reps, count: 120);
        await AssignAsync("ben", "flat", "2016-01-01");
        await AssignAsync("cleo", "flat", "2016-01-01");

        foreach (var rep in reps)
        {
            foreach (var quarter in expected.Keys.Where(key => key.Rep == rep).Select(key => key.Quarter).Distinct())
            {
                var statement = (await host.GetAsync($"/v1/reps/{rep}/statements/{quarter}")).Expect(200);
                Assert.Equal(Text(expected[(rep, quarter)]), statement["totals.earned.amount"]);
                Assert.Equal(Text(expected[(rep, quarter)]), statement["totals.payable.amount"]);
            }
        }

        var payroll = (await host.GetAsync("/v1/ledger/payroll?period=2017")).Expect(200).Json.GetProperty("items");
        Assert.Equal(
            expected.Values.Sum(),
            payroll.EnumerateArray().Sum(item => decimal.Parse(
                item.GetProperty("payable").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)));
        Assert.Equal("true", (await host.GetAsync("/v1/ledger/trial-balance")).Expect(200)["balanced"]);
    }

    [Fact]
    public async Task Tiers_of_a_quarterly_quota_accelerate()
    {
        await RegisterAsync("ada");
        (await host.PostAsync(
            "/v1/quotas", """{"repId":"ada","period":"2026-Q1","amount":{"amount":"10000.00","currency":"USD"}}""")).Expect(201);
        await PublishAsync("""
            {"id":"tiered","name":"Tiered","currency":"USD","period":"quarter","payOn":"booking","components":[{"id":"base",
             "measure":"bookings","rates":{"kind":"marginal","unit":"attainment",
             "tiers":[{"from":"0","rate":"0.05"},{"from":"1","rate":"0.10"}]}}]}
            """);
        await AssignAsync("ada", "tiered", "2026-01-01");
        await WinAsync("d1", "ada", "2026-01-20", "8000.00");
        await WinAsync("d2", "ada", "2026-02-20", "7000.00");
        var statement = (await host.GetAsync("/v1/reps/ada/statements/2026-Q1")).Expect(200);
        Assert.Equal("1000.00", statement["totals.earned.amount"]);
        Assert.Equal("600.00", (await host.GetAsync("/v1/reps/ada/statements/2026-02")).Expect(200)["totals.earned.amount"]);

        var line = statement["lines.1.id"];
        var why = (await host.GetAsync($"/v1/ledger/entries/{line}/explanation")).Expect(200);
        Assert.Equal(("tiered", "600.00"), (why["plan.planId"], why["target.amount"]));
        Assert.Contains("deal_won", why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_learned_after_a_close_is_a_delta_in_the_first_open_month()
    {
        await RegisterAsync("ada");
        await RegisterAsync("ben");
        await PublishAsync(Flat("flat", "month"));
        await AssignAsync("ada", "flat", "2026-01-01");
        await AssignAsync("ben", "flat", "2026-01-01");
        await WinAsync("d1", "ada", "2026-01-20", "1000.00");
        var closed = (await host.PostAsync("/v1/periods/2026-01/close", "{}", ("Idempotency-Key", "k1"))).Expect(200);
        var before = (await host.GetAsync("/v1/reps/ada/statements/2026-01")).Expect(200);
        Assert.Equal("sealed", before["status"]);

        (await host.PostAsync("/v1/deals/d1/splits", """
            {"splits":[{"repId":"ada","percent":"60","kind":"revenue"},{"repId":"ben","percent":"40","kind":"revenue"}]}
            """)).Expect(200);
        await WinAsync("d2", "ada", "2026-01-31", "200.00");
        var after = (await host.GetAsync("/v1/reps/ada/statements/2026-01")).Expect(200);
        Assert.Equal(before["totals"], after["totals"]);
        Assert.Equal(before["lines"], after["lines"]);
        var february = (await host.GetAsync("/v1/reps/ada/statements/2026-02")).Expect(200);
        Assert.Equal(("-15.00", "75.00", "60.00"), (
            february["totals.earned.amount"], february["opening.payable.amount"], february["closing.payable.amount"]));
        Assert.Equal(("2026-01", "-15.00"), (february["originPeriods.0.originPeriod"], february["originPeriods.0.amount.amount"]));
        Assert.Equal("30.00", (await host.GetAsync("/v1/reps/ben/statements/2026-02")).Expect(200)["totals.earned.amount"]);
        Assert.NotNull(closed["blockHash"]);
    }

    [Fact]
    public async Task A_cancelled_deal_a_transferred_account_and_a_correction_move_the_pay()
    {
        await RegisterAsync("ada");
        await RegisterAsync("ben");
        await PublishAsync(Flat("flat", "month"));
        await AssignAsync("ada", "flat", "2026-01-01");
        await AssignAsync("ben", "flat", "2026-01-01");
        (await host.PostAsync("/v1/accounts", """{"id":"acme","name":"Acme","effectiveAt":"2025-12-01"}""")).Expect(201);
        (await host.PostAsync("/v1/deals", """
            {"id":"d1","name":"d1","ownerId":"ada","accountId":"acme",
            "amount":{"amount":"1000.00","currency":"USD"},"effectiveAt":"2026-01-01"}
            """)).Expect(201);
        (await host.PostAsync("/v1/deals/d1/win", """{"closedOn":"2026-01-20"}""")).Expect(200);
        Assert.Equal("75.00", await EarnedAsync("ada", "2026"));

        (await host.PostAsync("/v1/accounts/acme/assignment", """{"repId":"ben","reason":"fits","effectiveAt":"2026-01-10"}""")).Expect(200);
        Assert.Equal(("0.00", "75.00"), (await EarnedAsync("ada", "2026"), await EarnedAsync("ben", "2026")));

        var history = (await host.GetAsync("/v1/deals/d1/history")).Expect(200);
        (await host.PostAsync("/v1/deals/d1/corrections", $$"""
            {"eventId":"{{history["items.1.eventId"]}}","reason":"another price",
            "replacement":{"data":{"amount":{"amount":"2000.00","currency":"USD"} } } }
            """)).Expect(200);
        Assert.Equal("150.00", await EarnedAsync("ben", "2026"));

        (await host.PostAsync("/v1/deals/d1/reopen", """{"reason":"not signed","effectiveAt":"2026-01-25"}""")).Expect(200);
        Assert.Equal("0.00", await EarnedAsync("ben", "2026"));
    }

    [Fact]
    public async Task Two_that_post_at_once_post_once_also_across_a_close()
    {
        await RegisterAsync("ada");
        await PublishAsync(Flat("flat", "month"));
        await AssignAsync("ada", "flat", "2026-01-01");
        for (var round = 0; round < 4; round++)
        {
            await WinAsync($"a{round}", "ada", "2026-01-20", "1000.00");
            Task close = round == 2
                ? host.PostAsync("/v1/periods/2026-01/close", "{}", ("Idempotency-Key", "k1"))
                : Task.CompletedTask;
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAnewAsync("ada")).Append(close));
        }

        await PostAnewAsync("ada");
        Assert.Equal("300.00", await EarnedAsync("ada", "2026"));
        var entries = (await host.GetAsync("/v1/ledger/entries?account=commissionExpense&limit=200")).Expect(200);
        Assert.Equal(4, entries.Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_missing_quota_blocks_the_calculation_and_the_close_until_it_is_there()
    {
        await RegisterAsync("ada");
        await PublishAsync("""
            {"id":"tiered","name":"Tiered","currency":"USD","period":"month","payOn":"booking","components":[{"id":"base",
             "measure":"bookings","rates":{"kind":"marginal","unit":"attainment","tiers":[{"from":"0","rate":"0.05"}]}}]}
            """);
        await AssignAsync("ada", "tiered", "2026-01-01");
        await WinAsync("d1", "ada", "2026-01-20", "8000.00");
        await EarnedAsync("ada", "2026");
        var refused = (await host.PostAsync("/v1/periods/2026-01/close", "{}", ("Idempotency-Key", "k1"))).Expect(409);
        Assert.Equal(("period-not-ready", "calculation-blocked"), (refused["code"], refused["errors.0.code"]));
        (await host.PostAsync(
            "/v1/quotas", """{"repId":"ada","period":"2026","amount":{"amount":"120000.00","currency":"USD"}}""")).Expect(201);
        Assert.Equal("400.00", await EarnedAsync("ada", "2026"));
        (await host.PostAsync("/v1/periods/2026-01/close", "{}", ("Idempotency-Key", "k2"))).Expect(200);
    }

    [Fact]
    public async Task A_statement_recomputed_from_the_events_on_an_empty_database_is_the_same_to_the_byte()
    {
        await RegisterAsync("ada");
        await PublishAsync(Flat("flat", "month"));
        await AssignAsync("ada", "flat", "2026-01-01");
        await WinAsync("d1", "ada", "2026-01-20", "1234.56");
        (await host.PostAsync("/v1/periods/2026-01/close", "{}", ("Idempotency-Key", "k1"))).Expect(200);
        await WinAsync("d2", "ada", "2026-01-21", "99.99");
        (await host.PostAsync("/v1/deals/d1/reopen", """{"reason":"not signed","effectiveAt":"2026-01-25"}""")).Expect(200);
        var live = new Dictionary<string, ApiAnswer>();
        foreach (var period in new[] { "2026-01", "2026-02", "2026-Q1", "2026" })
        {
            live[period] = (await host.GetAsync($"/v1/reps/ada/statements/{period}")).Expect(200);
        }

        Assert.Equal(
            ("92.59", "-85.09", "7.50"),
            (live["2026-01"]["totals.earned.amount"], live["2026-02"]["totals.earned.amount"], live["2026"]["totals.earned.amount"]));
        await using var other = new StillHost();
        await other.InitializeAsync();
        await CopyLogAsync(other, live.Values.Max(answer => answer.Json.GetProperty("asOf").GetProperty("position").GetInt64()));
        await other.ProjectAsync();
        foreach (var (period, answer) in live)
        {
            var knownAt = Uri.EscapeDataString(answer["asOf.knownAt"]!);
            Assert.Equal(
                answer.Text, (await other.GetAsync($"/v1/reps/ada/statements/{period}?knownAt={knownAt}")).Expect(200).Text);
        }

        // And the calculation itself finds nothing to post there.
        var head = (await other.Services.GetRequiredService<EventStore>().HeadAsync(CancellationToken.None)).Position;
        await other.PostPayAsync();
        Assert.Equal(head, (await other.Services.GetRequiredService<EventStore>().HeadAsync(CancellationToken.None)).Position);
    }

    private async Task CopyLogAsync(ApiHost other, long position)
    {
        await using var from = new NpgsqlConnection(host.ConnectionString);
        await using var to = new NpgsqlConnection(other.ConnectionString);
        await from.OpenAsync();
        await to.OpenAsync();
        foreach (var (table, where) in (ValueTuple<string, string>[])
            [("mt_streams", "true"), ("mt_events", string.Create(CultureInfo.InvariantCulture, $"seq_id <= {position}"))])
        {
            using var reader = await from.BeginTextExportAsync($"copy (select * from {table} where {where}) to stdout");
            await using var writer = await to.BeginTextImportAsync($"copy {table} from stdin");
            await writer.WriteAsync(await reader.ReadToEndAsync());
        }

        await using var head = new NpgsqlCommand(
            "update log_head set (last_seq, last_recorded_at) = " +
            "(select seq_id, timestamp from mt_events order by seq_id desc limit 1)", to);
        await head.ExecuteNonQueryAsync();
    }

    /// <summary>Posts what is missing with a memory of its own, as another process would.</summary>
    private Task PostAnewAsync(string rep) => ActivatorUtilities.CreateInstance<CommissionPoster>(
        host.Services,
        ActivatorUtilities.CreateInstance<PayInputs>(host.Services, ActivatorUtilities.CreateInstance<CreditReader>(host.Services)))
        .PostAsync(
            "*DEFAULT*", [KeyValuePair.Create<RepId, IReadOnlyList<PossibleCause>>(new(rep), [])],
            DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), CancellationToken.None);

    private async Task<string?> EarnedAsync(string rep, string period) =>
        (await host.GetAsync($"/v1/reps/{rep}/statements/{period}")).Expect(200)["totals.earned.amount"];

    private async Task<Dictionary<(string Rep, string Quarter), decimal>> ImportAsync(string[] reps, int count)
    {
        var csv = new StringBuilder("id,name,ownerId,amount,currency,effectiveAt,status,closedOn\r\n");
        var expected = new Dictionary<(string, string), decimal>();
        for (var index = 0; index < count; index++)
        {
            var on = new DateOnly(2017, 1, 1).AddDays(index * 3);
            var (rep, amount) = (reps[index % reps.Length], (index * 37 % 5000) + 0.55m);
            csv.Append(CultureInfo.InvariantCulture, $"m{index},Deal {index},{rep},{amount},USD,2016-12-01,won,{on:yyyy-MM-dd}\r\n");
            var key = (rep, Period.QuarterOf(on).QuarterKey);
            expected[key] = expected.GetValueOrDefault(key) + decimal.Round(amount * 0.075m, 2, MidpointRounding.AwayFromZero);
        }

        using var body = new StringContent(csv.ToString(), Encoding.UTF8, "text/csv");
        var answer = (await host.SendAsync(
            HttpMethod.Post, "/v1/imports?format=salesops&report=failures", body, ("Idempotency-Key", "i1"))).Expect(200);
        Assert.Equal("0", answer["failed"]);
        return expected;
    }

    private async Task RegisterAsync(string rep) =>
        (await host.PostAsync("/v1/reps", $$"""{"id":"{{rep}}","name":"{{rep}}","effectiveAt":"2016-01-01"}""")).Expect(201);

    private async Task WinAsync(string id, string owner, string closedOn, string amount)
    {
        (await host.PostAsync("/v1/deals", $$"""
            {"id":"{{id}}","name":"{{id}}","ownerId":"{{owner}}",
            "amount":{"amount":"{{amount}}","currency":"USD"},"effectiveAt":"2026-01-01"}
            """)).Expect(201);
        (await host.PostAsync($"/v1/deals/{id}/win", $$"""{"closedOn":"{{closedOn}}"}""")).Expect(200);
    }

    private async Task PublishAsync(string plan)
    {
        var made = (await host.PostAsync("/v1/comp-plans", plan)).Expect(201);
        (await host.PostAsync($"/v1/comp-plans/{made["id"]}/publish", "{}", ("Idempotency-Key", $"publish {made["id"]}"))).Expect(200);
    }

    private async Task AssignAsync(string rep, string plan, string from) => (await host.PostAsync(
        $"/v1/reps/{rep}/plan-assignments", $$"""{"planId":"{{plan}}","effectiveFrom":"{{from}}"}""")).Expect(200);

    private static string Flat(string id, string period) => $$"""
        {"id":"{{id}}","name":"Flat","currency":"USD","period":"{{period}}","payOn":"booking","components":[{"id":"base",
         "measure":"bookings","rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.075"} ] } } ] }
        """;

    private static string Text(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
