using Xunit;

namespace SalesOps.Integration.Tests.Access;

/// <summary>Reps and their own pay: they read it, accept its plan and dispute it, and see nobody else's.</summary>
public sealed class LedgerAccessTests(AccessHost api) : IClassFixture<AccessHost>
{
    [Fact]
    public async Task A_rep_accepts_and_disputes_and_reads_their_own_pay_and_a_manager_reads_it_too()
    {
        foreach (var rep in (string[])["meg", "ida", "jon"])
        {
            await api.OperateAsync("/v1/reps", $$"""{"id":"{{rep}}","name":"{{rep}}","effectiveAt":"2024-01-01"}""");
        }

        await api.OperateAsync("/v1/reps/ida/manager", """{"managerId":"meg","effectiveAt":"2024-01-01"}""");
        await api.OperateAsync("/v1/comp-plans", """
            {"id":"ae","name":"AE","currency":"EUR","period":"month","components":[{"id":"base","measure":"bookings",
             "rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"0.10"}]}}]}
            """);
        var version = (await api.PostAsync(
            "/v1/comp-plans/ae/publish", "{}", api.As("finance", "eve"), ("Idempotency-Key", "ae"))).Expect(200);
        foreach (var rep in (string[])["ida", "jon"])
        {
            await api.OperateAsync($"/v1/reps/{rep}/plan-assignments", """{"planId":"ae","effectiveFrom":"2024-01-01"}""");
            await api.OperateAsync("/v1/deals", $$$"""
                {"id":"p-{{{rep}}}","name":"D","ownerId":"{{{rep}}}","amount":{"amount":"100.00","currency":"EUR"},
                 "effectiveAt":"2024-01-02"}
                """);
            await api.OperateAsync($"/v1/deals/p-{rep}/win", """{"closedOn":"2024-01-10"}""");
        }

        var (ida, meg) = (api.As("rep", "ida"), api.As("manager", "meg"));
        var mine = (await api.GetAsync("/v1/reps/ida/statements/2024-01", ida)).Expect(200);
        var theirs = (await api.GetAsync("/v1/reps/jon/statements/2024-01", api.As("finance", "eve"))).Expect(200);
        Assert.Equal(("10.00", "10.00"), (mine["totals.earned.amount"], theirs["totals.earned.amount"]));
        Assert.Equal(mine["lines"], (await api.GetAsync("/v1/reps/ida/statements/2024-01", meg)).Expect(200)["lines"]);
        foreach (var caller in ((string, string)[])[ida, meg])
        {
            (await api.GetAsync("/v1/reps/jon/statements/2024-01", caller)).Expect(404);
            (await api.GetAsync($"/v1/ledger/entries/{theirs["lines.0.id"]}/explanation", caller)).Expect(404);
            var entries = (await api.GetAsync("/v1/ledger/entries", caller)).Expect(200);
            Assert.Contains("\"ida\"", entries.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"jon\"", entries.Text, StringComparison.Ordinal);
            Assert.Equal("[]", (await api.GetAsync("/v1/ledger/entries?repId=jon", caller)).Expect(200)["items"]);
            var csv = (await api.GetAsync("/v1/ledger/entries", caller, ("Accept", "text/csv"))).Expect(200);
            Assert.DoesNotContain("jon", csv.Text, StringComparison.Ordinal);
            Assert.Equal("10.00", (await api.GetAsync("/v1/ledger/trial-balance", caller)).Expect(200)["items.0.debit.amount"]);
        }

        var whole = (await api.GetAsync("/v1/ledger/trial-balance", api.As("finance", "eve"))).Expect(200);
        Assert.Equal("20.00", whole["items.0.debit.amount"]);

        var acceptance = $$"""{"planId":"ae","version":1,"hash":"{{version["hash"]}}"}""";
        (await api.PostAsync("/v1/reps/jon/plan-acceptances", acceptance, ida)).Expect(404);
        Assert.Equal("acceptance-not-own", (await api.PostAsync("/v1/reps/ida/plan-acceptances", acceptance, meg)).Expect(409)["code"]);
        (await api.PostAsync("/v1/reps/ida/plan-acceptances", acceptance, ida)).Expect(200);
        Assert.Equal("1", (await api.GetAsync("/v1/reps/ida/plan-assignments", ida)).Expect(200)["acceptances.0.version"]);

        string Dispute(string rep, string? line) =>
            $$"""{"id":"q-{{rep}}","repId":"{{rep}}","entryIds":["{{line}}"],"reason":"too little"}""";
        (await api.PostAsync("/v1/disputes", Dispute("jon", theirs["lines.0.id"]), ida)).Expect(404);
        Assert.Equal(
            "entry-unknown", (await api.PostAsync("/v1/disputes", Dispute("ida", theirs["lines.0.id"]), ida)).Expect(422)["code"]);
        (await api.PostAsync("/v1/disputes", Dispute("ida", mine["lines.0.id"]), ida)).Expect(201);
        Assert.Equal("ida", (await api.GetAsync("/v1/disputes/q-ida", ida)).Expect(200)["author"]);
        (await api.PostAsync("/v1/disputes/q-ida/approve", "{}", ida)).Expect(403);
        (await api.PostAsync("/v1/disputes/q-ida/reject", """{"reason":"it is right"}""", api.As("finance", "eve"))).Expect(200);
    }
}
