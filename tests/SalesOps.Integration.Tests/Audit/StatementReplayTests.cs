using SalesOps.Domain.Ledger;
using SalesOps.Integration.Tests.Ledger;
using Xunit;

namespace SalesOps.Integration.Tests.Audit;

/// <summary>A statement is computed again from the events: from the journals, and from deals and plans.</summary>
public sealed class StatementReplayTests(AuditHost api) : IClassFixture<AuditHost>
{
    private const string Statement = """{"scope":"statement","repId":"ada","period":"2026-01"}""";

    [Fact]
    public async Task A_statement_is_what_its_events_come_to_and_what_was_done_to_it_is_found()
    {
        await PostAsync("/v1/reps", """{"id":"ada","name":"Ada","effectiveAt":"2026-01-01"}""");
        await PostAsync("/v1/comp-plans", """
            {"id":"flat","name":"Flat","currency":"USD","period":"month","payOn":"booking","components":[{"id":"base",
             "measure":"bookings","rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.10"}]}}]}
            """);
        (await api.PostAsync("/v1/comp-plans/flat/publish", "{}", ("Idempotency-Key", "p1"))).Expect(200);
        await PostAsync("/v1/reps/ada/plan-assignments", """{"planId":"flat","effectiveFrom":"2026-01-01"}""");
        await PostAsync("/v1/deals", """
            {"id":"sr1","name":"D","ownerId":"ada","amount":{"amount":"1000.00","currency":"USD"},"effectiveAt":"2026-01-02"}
            """);
        await PostAsync("/v1/deals/sr1/win", """{"closedOn":"2026-01-20"}""");
        var served = await api.GetAsync("/v1/reps/ada/statements/2026-01");
        for (var tries = 0; tries < 10 && served["totals.earned.amount"] is null; tries++)
        {
            // A busy machine may post later than a read waits.
            served = await api.GetAsync("/v1/reps/ada/statements/2026-01");
        }

        Assert.Equal("100.00", served["totals.earned.amount"]);

        var sound = (await api.PostAsync("/v1/audit/replay", Statement)).Expect(200);
        Assert.Equal(("statement", "true", "2"), (sound["scope"], sound["ok"], sound["checked"]));
        var known = Statement.Replace("}", $",\"knownAt\":\"{served["asOf.knownAt"]}\"}}", StringComparison.Ordinal);
        Assert.Equal("true", (await api.PostAsync("/v1/audit/replay", known)).Expect(200)["ok"]);

        await api.TamperAsync("update ledger_entries set amount = amount * 9, line_amount = line_amount * 9 where rule = 'marginal'");
        var doctored = (await api.PostAsync("/v1/audit/replay", Statement)).Expect(200);
        Assert.Equal("false", doctored["ok"]);
        Assert.StartsWith("line ", doctored["differences.0.key"], StringComparison.Ordinal);
        Assert.Contains("900", doctored["differences.0.served"], StringComparison.Ordinal);
        Assert.Contains("100", doctored["differences.0.recomputed"], StringComparison.Ordinal);
        Assert.NotNull(doctored["differences.0.causes.0"]);
        Assert.Contains("\"key\":\"totals\"", doctored.Text, StringComparison.Ordinal);
        await api.TamperAsync("update ledger_entries set amount = amount / 9, line_amount = line_amount / 9 where rule = 'marginal'");
        Assert.Equal("true", (await api.PostAsync("/v1/audit/replay", Statement)).Expect(200)["ok"]);

        // A journal that no deal stands behind.
        await api.PostAsync("ada", JournalWriter.Line(PostingKind.Earned, new(2026, 1, 15), 40));
        var unfounded = (await api.PostAsync("/v1/audit/replay", Statement)).Expect(200);
        Assert.Equal(("false", "pay of 2026-01"), (unfounded["ok"], unfounded["differences.0.key"]));
        Assert.Contains("-40", unfounded["differences.0.recomputed"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_statement_is_refused()
    {
        Assert.Equal("missing-member", (await api.PostAsync("/v1/audit/replay", """{"scope":"statement"}""")).Expect(422)["errors.0.code"]);
        Assert.Equal("bad-period", (await api.PostAsync(
            "/v1/audit/replay", """{"scope":"statement","repId":"ada","period":"x"}""")).Expect(422)["errors.0.code"]);
        Assert.Equal("rep-unknown", (await api.PostAsync(
            "/v1/audit/replay", """{"scope":"statement","repId":"nobody","period":"2026-01"}""")).Expect(422)["errors.0.code"]);
    }

    private async Task PostAsync(string path, string body)
    {
        var answer = await api.PostAsync(path, body);
        Assert.True(answer.Status is 200 or 201, answer.Text);
    }
}
