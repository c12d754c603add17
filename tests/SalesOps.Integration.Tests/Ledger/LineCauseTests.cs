using Npgsql;
using Xunit;

namespace SalesOps.Integration.Tests.Ledger;

/// <summary>Why a line moved, where the calculation looks at many events at once.</summary>
public sealed class LineCauseTests : IAsyncLifetime
{
    private readonly StillHost host = new();

    public Task InitializeAsync() => host.InitializeAsync();

    public Task DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Every_line_names_the_event_that_moved_it_and_not_the_last_of_those_looked_at()
    {
        await PostAsync("reps", """{"id":"ada","name":"ada","effectiveAt":"2025-01-01"}""");
        await PostAsync("comp-plans", Plan("0.10"));
        await PostAsync("comp-plans/plan/publish", "{}");
        await PostAsync("reps/ada/plan-assignments", """{"planId":"plan","effectiveFrom":"2026-01-01"}""");
        await WinAsync("paid", "2026-01-10");
        await WinAsync("corrected", "2026-02-10");
        await WinAsync("repriced", "2026-03-10");
        await PostPayAsync();
        foreach (var deal in new[] { "paid", "corrected", "repriced" })
        {
            Assert.Equal([await EventAsync($"deal/{deal}", "deal_won")], await CausesAsync(deal, "earned"));
        }

        await PostAsync("contracts/c-paid/payments", """
            {"invoiceId":"i-paid","on":"2026-01-20","amount":{"amount":"400.00","currency":"USD"}}
            """);
        await PostAsync("deals/corrected/corrections", $$"""
            {"eventId":"{{await EventAsync("deal/corrected", "deal_opened")}}","reason":"another price",
             "replacement":{"data":{"amount":{"amount":"500.00","currency":"USD"} } } }
            """);
        await host.SendAsync(
            HttpMethod.Put, "/v1/comp-plans/plan", new StringContent(Plan("0.20"), null, "application/json"));
        await PostAsync("comp-plans/plan/publish", """{"effectiveAt":"2026-03-01"}""");
        await WinAsync("last", "2026-03-20");
        await PostPayAsync();

        Assert.Equal([await EventAsync("contract/c-paid", "contract_payment_received")], await CausesAsync("paid", "released"));
        var corrected = await CausesAsync("corrected", "earned");
        Assert.Equal((2, await EventAsync("deal/corrected", "deal_opened")), (corrected.Count, corrected[^1]));
        var repriced = await CausesAsync("repriced", "earned");
        var published = await EventAsync("plan/plan", "plan_published");
        Assert.Equal([published, published], repriced[1..]);
        Assert.Equal([await EventAsync("deal/last", "deal_won")], await CausesAsync("last", "earned"));
    }

    private static string Plan(string rate) => $$"""
        {"id":"plan","name":"Plan","currency":"USD","period":"month","payOn":"cash","components":[{"id":"base","measure":"bookings",
         "rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"{{rate}}"}]} }]}
        """;

    private async Task WinAsync(string id, string on)
    {
        await PostAsync("accounts", $$"""{"id":"a-{{id}}","name":"{{id}}","effectiveAt":"2026-01-01"}""");
        await PostAsync("deals", $$"""
            {"id":"{{id}}","name":"{{id}}","ownerId":"ada","accountId":"a-{{id}}","amount":{"amount":"1000.00","currency":"USD"},
             "effectiveAt":"2026-01-01"}
            """);
        await PostAsync("contracts", $$"""
            {"id":"c-{{id}}","accountId":"a-{{id}}","dealId":"{{id}}","termStart":"2026-01-01","termEnd":"2026-12-31",
             "value":{"amount":"1000.00","currency":"USD"},"autoRenew":false,"noticeDays":0,"effectiveAt":"2026-01-01"}
            """);
        await PostAsync($"contracts/c-{id}/sign", """{"signedOn":"2026-01-01"}""");
        await PostAsync($"contracts/c-{id}/activate", """{"effectiveAt":"2026-01-01"}""");
        await PostAsync($"contracts/c-{id}/invoices", $$"""
            {"id":"i-{{id}}","on":"{{on}}","amount":{"amount":"1000.00","currency":"USD"} }
            """);
        await PostAsync($"deals/{id}/win", $$"""{"closedOn":"{{on}}"}""");
    }

    private async Task PostAsync(string path, string body)
    {
        var answer = await host.PostAsync($"/v1/{path}", body, ("Idempotency-Key", Guid.CreateVersion7().ToString()));
        Assert.True(answer.Status is 200 or 201, answer.Text);
    }

    /// <summary>Once for what was done, once past what was posted of it.</summary>
    private async Task PostPayAsync()
    {
        await host.ProjectAsync();
        await host.PostPayAsync();
        await host.PostPayAsync();
        await host.ProjectAsync();
    }

    private async Task<List<string?>> CausesAsync(string deal, string kind)
    {
        var entries = (await host.GetAsync("/v1/ledger/entries?limit=200")).Expect(200).Json.GetProperty("items");
        return
        [
            .. entries.EnumerateArray()
                .Where(entry => entry.TryGetProperty("dealId", out var of) && of.GetString() == deal
                    && entry.GetProperty("kind").GetString() == kind && entry.TryGetProperty("debit", out _))
                .Select(entry => entry.GetProperty("causeEventId").GetString()),
        ];
    }

    /// <summary>The last event of a type in a stream.</summary>
    private async Task<string?> EventAsync(string stream, string type)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(
            "select id::text from mt_events where stream_id = $1 and type = $2 order by version desc limit 1");
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = type });
        return await command.ExecuteScalarAsync() as string;
    }
}
