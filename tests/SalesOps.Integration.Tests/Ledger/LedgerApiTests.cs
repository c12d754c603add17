using System.Diagnostics;
using SalesOps.Domain.Ledger;
using SalesOps.Testing;
using Xunit;
using static SalesOps.Integration.Tests.Ledger.JournalWriter;

namespace SalesOps.Integration.Tests.Ledger;

/// <summary>What finance does with the books over HTTP: reads, exports, disputes, adjusts, pays out and closes.</summary>
public sealed class LedgerApiTests : IAsyncLifetime
{
    private static readonly DateOnly Jan15 = new(2026, 1, 15);
    private readonly ApiHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_statement_has_lines_totals_and_balances_that_go_on_from_month_to_month()
    {
        await RegisterAsync("ada");
        await host.PostAsync(
            "ada", Line(PostingKind.Earned, Jan15, 100), Line(PostingKind.Released, Jan15, 100, "booking"),
            Line(PostingKind.Held, Jan15, 10, "holdback"));
        await host.PostAsync("ada", Line(PostingKind.Earned, new(2026, 2, 3), 50), Line(PostingKind.Released, new(2026, 2, 3), 50));

        var january = (await host.GetAsync("/v1/reps/ada/statements/2026-01")).Expect(200);
        Assert.Equal(
            ("100.00", "10.00", "90.00"),
            (january["totals.earned.amount"], january["totals.held.amount"], january["totals.payable.amount"]));
        Assert.Equal(
            ("0.00", "90.00", "10.00"),
            (january["opening.payable.amount"], january["closing.payable.amount"], january["closing.held.amount"]));
        Assert.Equal(("open", "USD", "flat@1"), (january["status"], january["currency"], january["proof.plans.0"]));
        Assert.Equal(
            ("100.00", "d1", "2026-01"),
            (january["lines.0.amount.amount"], january["lines.0.dealId"], january["lines.0.originPeriod"]));

        var quarter = (await host.GetAsync("/v1/reps/ada/statements/2026-Q1")).Expect(200);
        Assert.Equal(("150.00", "140.00"), (quarter["totals.earned.amount"], quarter["closing.payable.amount"]));

        var knownAt = Uri.EscapeDataString(january["asOf.knownAt"]!);
        Assert.Equal(
            january.Text, (await host.GetAsync($"/v1/reps/ada/statements/2026-01?knownAt={knownAt}")).Expect(200).Text);
        Assert.Empty((await host.GetAsync("/v1/reps/ada/statements/2025-12")).Expect(200).Json.GetProperty("lines").EnumerateArray());
        (await host.GetAsync("/v1/reps/nobody/statements/2026-01")).Expect(404);
        (await host.GetAsync("/v1/reps/ada/statements/2026-13")).Expect(400);
    }

    [Fact]
    public async Task Entries_are_paged_filtered_and_explained_and_the_trial_balance_balances()
    {
        var ids = await host.PostAsync("ada", Line(PostingKind.Earned, Jan15, 100), Line(PostingKind.Released, Jan15, 100));
        await host.PostAsync("ben", Line(PostingKind.Earned, Jan15, -25.5m, currency: "EUR"));

        var page = (await host.GetAsync("/v1/ledger/entries?limit=1")).Expect(200);
        Assert.Equal(2, page.Json.GetProperty("items").GetArrayLength());
        var next = (await host.GetAsync($"/v1/ledger/entries?limit=1&cursor={page["nextCursor"]}")).Expect(200);
        Assert.Equal("released", next["items.0.kind"]);

        var due = (await host.GetAsync("/v1/ledger/entries?account=payableDue&repId=ada&period=2026-01")).Expect(200);
        Assert.Equal(("100.00", null), (due["items.0.credit.amount"], due["items.0.debit"]));
        Assert.Equal(1, due.Json.GetProperty("items").GetArrayLength());
        Assert.Empty((await host.GetAsync("/v1/ledger/entries?from=2026-02-01")).Expect(200).Json.GetProperty("items").EnumerateArray());

        var balance = (await host.GetAsync("/v1/ledger/trial-balance?asOf=2026-01-31")).Expect(200);
        Assert.Equal("true", balance["balanced"]);
        var earlier = (await host.GetAsync("/v1/ledger/trial-balance?asOf=2026-01-14")).Expect(200);
        Assert.Equal(0, earlier.Json.GetProperty("items").GetArrayLength());

        var why = (await host.GetAsync($"/v1/ledger/entries/{ids[0]}.1/explanation")).Expect(200);
        Assert.Equal(("0.075", "flat", "100.00"), (why["inputs.rate"], why["plan.planId"], why["target.amount"]));
        (await host.GetAsync("/v1/ledger/entries/nothing/explanation")).Expect(404);

        var csv = (await host.GetAsync("/v1/ledger/entries", ("Accept", "text/csv"))).Expect(200).Text.Split("\r\n");
        Assert.StartsWith("entryId,position,postedOn,period,", csv[0], StringComparison.Ordinal);
        Assert.Equal(8, csv.Length);
        var payroll = (await host.GetAsync("/v1/ledger/payroll?period=2026-01", ("Accept", "text/csv"))).Expect(200);
        Assert.Contains("ada", payroll.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/x-hledger", "hledger", "-f", "check")]
    [InlineData("application/x-beancount", "bean-check", "", "")]
    public async Task The_export_is_accepted_by_the_real_program_and_a_changed_one_is_not(
        string type, string program, string option, string command)
    {
        await host.PostAsync(
            "ada", Line(PostingKind.Earned, Jan15, 100.25m), Line(PostingKind.Released, Jan15, 100.25m),
            Line(PostingKind.Earned, new(2026, 1, 3), 1_234_567.89m, currency: "EUR"),
            Line(PostingKind.Earned, Jan15, 900, currency: "JPY"));
        await host.PostAsync("ben", Line(PostingKind.Earned, new(2026, 2, 1), -0.5m));
        var text = (await host.GetAsync("/v1/ledger/entries", ("Accept", type))).Expect(200).Text;
        if (!IsInstalled(program))
        {
            return;
        }

        Assert.Equal((0, string.Empty), await RunAsync(program, option, command, text));
        var wrong = program == "hledger"
            ? "\n2026-03-01 x\n    Expenses:CommissionExpense  0 USD = 1 USD\n"
            : "\n2026-03-03 balance Expenses:CommissionExpense  1.00 USD\n";
        var (status, _) = await RunAsync(program, option, command, text + wrong);
        Assert.NotEqual(0, status);
    }

    [Fact]
    public async Task An_adjustment_needs_a_third_person_and_an_open_month()
    {
        await RegisterAsync("ada");
        const string ask = """{"id":"a1","repId":"ada","period":"2026-01","amount":{"amount":"40.00","currency":"USD"},"reason":"a prize"}""";
        (await host.PostAsync("/v1/adjustments", ask, ("X-Actor", "ben"))).Expect(201);
        Assert.Equal("approver-is-author", (await ApproveAsync("adjustments/a1", "ben")).Expect(409)["code"]);
        Assert.Equal("approver-is-beneficiary", (await ApproveAsync("adjustments/a1", "ada")).Expect(409)["code"]);
        Assert.Empty((await host.GetAsync("/v1/ledger/entries")).Expect(200).Json.GetProperty("items").EnumerateArray());

        var approved = (await ApproveAsync("adjustments/a1", "cleo")).Expect(200);
        (await ApproveAsync("adjustments/a1", "dan")).Expect(409);
        var statement = (await host.GetAsync($"/v1/reps/ada/statements/2026-01?minPosition={approved["position"]}")).Expect(200);
        Assert.Equal(("40.00", "40.00"), (statement["totals.adjusted.amount"], statement["closing.payable.amount"]));
        Assert.Equal("approved", (await host.GetAsync("/v1/adjustments/a1")).Expect(200)["status"]);

        foreach (var (good, bad) in (ValueTuple<string, string>[])[("40.00", "0.00"), ("2026-01", "2026-Q1")])
        {
            var body = ask.Replace(good, bad, StringComparison.Ordinal).Replace("a1", "a2", StringComparison.Ordinal);
            (await host.PostAsync("/v1/adjustments", body)).Expect(422);
        }

        (await host.PostAsync("/v1/adjustments/a9/approve", "{}")).Expect(404);
    }

    [Fact]
    public async Task A_dispute_freezes_its_lines_and_a_payout_takes_the_rest()
    {
        await RegisterAsync("ada");
        var ids = await host.PostAsync(
            "ada", Line(PostingKind.Earned, Jan15, 100), Line(PostingKind.Released, Jan15, 100),
            Line(PostingKind.Earned, Jan15, 60) with { CreditId = "d2" }, Line(PostingKind.Released, Jan15, 60) with { CreditId = "d2" });
        var body = $$"""{"id":"x1","repId":"ada","entryIds":["{{ids[3]}}.1"],"reason":"wrong rate","amount":{"amount":"5.00","currency":"USD"} }""";
        (await host.PostAsync("/v1/disputes", body, ("X-Actor", "ada"))).Expect(201);
        var ofAnother = body.Replace("x1", "x2", StringComparison.Ordinal).Replace("ada", "ben", StringComparison.Ordinal);
        (await host.PostAsync("/v1/disputes", ofAnother)).Expect(422);

        Assert.Equal("period-not-ready", (await CloseAsync("2026-01", "k1")).Expect(409)["code"]);
        var asked = (await host.PostAsync("/v1/payouts", """{"id":"p1","repId":"ada","period":"2026-01","paidOn":"2026-02-05"}""", ("X-Actor", "ben"))).Expect(201);
        Assert.Equal("100.00", (await host.GetAsync($"/v1/payouts/p1?minPosition={asked["position"]}")).Expect(200)["amount.amount"]);
        (await host.PostAsync(
            "/v1/payouts", """{"id":"p2","repId":"ada","paidOn":"2026-02-05","amount":{"amount":"100.01","currency":"USD"}}""", ("X-Actor", "ben"))).Expect(201);
        Assert.Equal("payout-exceeds-due", (await ApproveAsync("payouts/p2", "cleo")).Expect(409)["code"]);
        (await ApproveAsync("payouts/p1", "cleo")).Expect(200);
        Assert.Equal("payout-exceeds-due", (await ApproveAsync("payouts/p2", "cleo")).Expect(409)["code"]);

        Assert.Equal("approver-is-author", (await ApproveAsync("disputes/x1", "ada")).Expect(409)["code"]);
        var settled = (await ApproveAsync("disputes/x1", "cleo")).Expect(200);
        var statement = (await host.GetAsync($"/v1/reps/ada/statements/2026-Q1?minPosition={settled["position"]}")).Expect(200);
        Assert.Equal(
            ("5.00", "100.00", "65.00"),
            (statement["totals.adjusted.amount"], statement["totals.paid.amount"], statement["closing.payable.amount"]));
        (await CloseAsync("2026-01", "k2")).Expect(200);
    }

    [Fact]
    public async Task Months_are_closed_once_in_order_and_then_never_change()
    {
        await RegisterAsync("ada");
        await host.PostAsync("ada", Line(PostingKind.Earned, Jan15, 100), Line(PostingKind.Released, Jan15, 100));
        await host.PostAsync("ada", Line(PostingKind.Earned, new(2026, 2, 15), 30), Line(PostingKind.Released, new(2026, 2, 15), 30));

        (await host.PostAsync("/v1/periods/2026-01/close", "{}")).Expect(400);
        Assert.Equal("period-out-of-order", (await CloseAsync("2026-02", "k1")).Expect(409)["code"]);
        Assert.Equal("period-not-over", (await CloseAsync("2126-02", "k1")).Expect(409)["code"]);

        var closed = (await CloseAsync("2026-01", "k2")).Expect(200);
        Assert.Equal(
            ("sealed", "commissionExpense", "100.00"),
            (closed["status"], closed["totals.0.account"], closed["totals.0.debit.amount"]));
        Assert.Matches("^[0-9a-f]{64}$", closed["blockHash"]!);
        var again = (await CloseAsync("2026-01", "k2")).Expect(200);
        Assert.Equal((closed.Text, "true"), (again.Text, again.Headers["Idempotent-Replayed"]));
        Assert.Equal("period-closed", (await CloseAsync("2026-01", "k3")).Expect(409)["code"]);
        Assert.Equal("period-out-of-order", (await CloseAsync("2026-03", "k4")).Expect(409)["code"]);
        Assert.Equal("period-closed", (await host.PostAsync(
            "/v1/adjustments", """{"repId":"ada","period":"2026-01","amount":{"amount":"1.00","currency":"USD"},"reason":"late"}""")).Expect(409)["code"]);

        var statement = (await host.GetAsync($"/v1/reps/ada/statements/2026-01?minPosition={closed["position"]}")).Expect(200);
        Assert.Equal(("sealed", closed["blockHash"]), (statement["status"], statement["proof.blockHash"]));
        var periods = (await host.GetAsync("/v1/periods")).Expect(200);
        Assert.Equal(("2026-01", "sealed"), (periods["items.0.period"], periods["items.0.status"]));
        Assert.Equal(("2026-02", "true"), (periods["items.1.period"], periods["items.1.ready"]));
        (await CloseAsync("2026-02", "k5")).Expect(200);
    }

    private async Task RegisterAsync(string rep) =>
        (await host.PostAsync("/v1/reps", $$"""{"id":"{{rep}}","name":"{{rep}}","effectiveAt":"2025-01-01"}""")).Expect(201);

    private Task<ApiAnswer> ApproveAsync(string path, string actor) => host.PostAsync($"/v1/{path}/approve", "{}", ("X-Actor", actor));

    private Task<ApiAnswer> CloseAsync(string period, string key) =>
        host.PostAsync($"/v1/periods/{period}/close", "{}", ("Idempotency-Key", key));

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<(int Status, string Output)> RunAsync(string program, string option, string command, string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, text);
            string[] arguments = [.. ((string[])[option, path, command]).Where(argument => argument.Length > 0)];
            var start = new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
