using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Contracts;

/// <summary>Contracts as clients use them, over ten years.</summary>
public sealed class ContractsApiTests(FutureHost api) : IClassFixture<FutureHost>
{
    [Fact]
    public async Task A_contract_goes_from_its_template_through_its_renewals_and_a_late_notice_ends_it()
    {
        await DoAsync("contract-templates", """{"id":"std","name":"Standard","clauses":[{"key":"sla","value":"99"},{"key":"law","text":"NY"}],"effectiveAt":"2026-01-01"}""");
        await DoAsync("contract-templates", """{"id":"std","name":"Standard","clauses":[{"key":"sla","value":"99.5"},{"key":"law","text":"NY"}],"effectiveAt":"2026-06-01"}""");
        var templates = await ReadAsync("contract-templates?asOf=2026-07-01");
        Assert.Equal(("std", "2", "2"), (templates["items.0.id"], templates["items.0.templateVersion"], templates["items.0.clauses"]));
        Assert.Equal("1", (await ReadAsync("contract-templates?asOf=2026-02-01"))["items.0.templateVersion"]);
        await DraftAsync("life", "acme", ""","templateId":"std","escalator":{"kind":"percent","percent":"3"}""");
        var draft = await ReadAsync("contracts/life");
        Assert.Equal(("draft", "2", "1", "2027-11-01"), (
            draft["status"], draft["clauses.1.templateVersion"], draft["clauses.0.templateVersion"], draft["noticeDeadline"]));
        await SignAsync("life");
        await DoAsync("contracts/life/amend", """{"clauses":[{"key":"sla","value":"99.9"}],"effectiveAt":"2027-05-01","signedOn":"2027-04-20"}""");
        Assert.Equal("inNoticeWindow", await StatusAsync("life", "2027-11-15"));
        Assert.Equal("1060.90", (await ReadAsync("contracts/life?asOf=2029-06-01"))["value.amount"]);

        var position = await ReadAsync("accounts/acme/legal-position?asOf=2029-06-01");
        Assert.Equal(("sla", "99.9", "amendment", "99.5"), (
            position["contracts.0.clauses.1.key"], position["contracts.0.clauses.1.value"],
            position["contracts.0.clauses.1.governedBy.kind"], position["contracts.0.clauses.1.chain.0.value"]));

        await RefusedAsync("contracts/life/notice", """{"givenOn":"2028-11-15","by":"customer","kind":"nonRenewal"}""", "notice-after-deadline");
        await DoAsync("contracts/life/notice", """{"givenOn":"2028-10-20","by":"customer","kind":"nonRenewal","reason":"price"}""");
        Assert.Equal("expired", await StatusAsync("life", "2029-01-01"));
        Assert.Equal("active", await StatusAsync("life", "2028-06-01"));

        await DoAsync("contracts/life/invoices", """{"id":"i1","on":"2029-02-01","amount":{"amount":"100.00","currency":"USD"}}""");
        Assert.Equal("holdover", await StatusAsync("life", "2029-02-01"));
        var held = await ReadAsync("accounts/acme/legal-position?asOf=2029-02-01");
        Assert.Equal("holdover-terms-presumed", held["contracts.0.forCounsel.0"]);
        await RefusedAsync("contracts/life/payments", """{"invoiceId":"i1","on":"2029-02-02","amount":{"amount":"100.01","currency":"USD"}}""", "payment-exceeds-open");
        await DoAsync("contracts/life/payments", """{"invoiceId":"i1","on":"2029-02-02","amount":{"amount":"40.00","currency":"USD"}}""");
        Assert.Equal("60.00", (await ReadAsync("contracts/life/invoices?asOf=2029-03-01"))["items.0.open.amount"]);
    }

    [Fact]
    public async Task The_clock_records_once_what_time_does_also_after_days_of_downtime()
    {
        await DraftAsync("clock", "globex", "");
        await SignAsync("clock");
        var before = await ReadAsync("contracts/clock/history");
        Assert.Equal("contract_renewed", before[$"items.{Count(before) - 2}.type"]);
        api.Clock.Now = api.Clock.Now.AddYears(2);
        await WaitAsync("clock", "2032-06-01", "termEnd", "2032-12-31");
        var after = await ReadAsync("contracts/clock/history");
        Assert.Equal(Count(before) + 4, Count(after));
        Assert.Equal("contract-clock", after[$"items.{Count(after) - 1}.actor"]);
    }

    [Fact]
    public async Task Retention_and_the_calendar_of_renewals_are_of_what_is_under_contract()
    {
        await DraftAsync("r1", "kept", "", "2020");
        await SignAsync("r1", "2019-12-01");
        await DraftAsync("r2", "lost", "", "2020", autoRenew: false);
        await SignAsync("r2", "2019-12-01");
        await RefusedAsync("contracts/r2/terminate", """{"on":"2019-06-01","reason":"x"}""", "contract-not-drafted-yet");
        var retention = await ReadAsync("metrics/retention?from=2020-01-01&to=2021-01-01");
        Assert.Equal(("2000.00", "1000.00", "0.5", "0.5", "0.5"), (
            retention["items.0.start.amount"], retention["items.0.churn.amount"], retention["items.0.grr"], retention["items.0.nrr"],
            retention["items.0.renewalRate"]));
        Assert.Equal("no-denominator", (await ReadAsync("metrics/retention?from=2000-01-01&to=2001-01-01"))["items.0.reason"]);

        var calendar = await ReadAsync("contracts/renewals?from=2020-12-01&to=2021-01-01");
        Assert.Equal(("r1", "renewed", "r2", "ended"), (
            calendar["items.0.contractId"], calendar["items.0.outcome"], calendar["items.1.contractId"], calendar["items.1.outcome"]));
        var csv = (await api.GetAsync("/v1/contracts/renewals?from=2020-12-01&to=2021-01-01", ("Accept", "text/csv"))).Expect(200);
        Assert.StartsWith("contractId,accountId,", csv.Text, StringComparison.Ordinal);
        Assert.Equal("r2", (await ReadAsync("contracts?status=expired&accountId=lost"))["items.0.id"]);
    }

    [Fact]
    public async Task A_won_deal_drafts_its_contract_and_an_open_one_does_not()
    {
        await DoAsync("deals", """{"id":"d1","name":"D","accountId":"initech","amount":{"amount":"700.00","currency":"USD"},"effectiveAt":"2026-01-01"}""");
        const string body = """{"id":"won","dealId":"d1","termStart":"2027-01-01","termEnd":"2027-12-31","autoRenew":false,"noticeDays":30}""";
        await RefusedAsync("contracts", body, "deal-not-won");
        await DoAsync("deals/d1/win", """{"closedOn":"2026-02-01"}""");
        await DoAsync("contracts", body);
        var contract = await ReadAsync("contracts/won");
        Assert.Equal(("initech", "700.00"), (contract["accountId"], contract["value.amount"]));
        await RefusedAsync("contracts/won/renew", "{}", "contract-not-signed");
        await SignAsync("won");
        await DoAsync("contracts/won/terminate", """{"on":"2027-06-30","reason":"price"}""");
        await RefusedAsync("contracts/won/renew", """{"termEnd":"2028-12-31"}""", "contract-terminated");
    }

    private static int Count(ApiAnswer answer) => answer.Json.GetProperty("items").GetArrayLength();

    private Task DraftAsync(string id, string account, string members, string year = "2027", bool autoRenew = true) => DoAsync(
        "contracts",
        $$$"""{"id":"{{{id}}}","accountId":"{{{account}}}","termStart":"{{{year}}}-01-01","termEnd":"{{{year}}}-12-31","noticeDays":60,"autoRenew":{{{(autoRenew ? "true" : "false")}}},"value":{"amount":"1000.00","currency":"USD"}{{{members}}}}""");

    private async Task SignAsync(string id, string signedOn = "2026-12-01")
    {
        await DoAsync($"contracts/{id}/sign", $$"""{"signedOn":"{{signedOn}}"}""");
        await DoAsync($"contracts/{id}/activate", "{}");
    }

    private async Task<string?> StatusAsync(string id, string asOf) => (await ReadAsync($"contracts/{id}?asOf={asOf}"))["status"];

    private async Task WaitAsync(string id, string asOf, string member, string value)
    {
        for (var tries = 0; tries < 100 && (await ReadAsync($"contracts/{id}?asOf={asOf}"))[member] != value; tries++)
        {
            await Task.Delay(100);
        }

        Assert.Equal(value, (await ReadAsync($"contracts/{id}?asOf={asOf}"))[member]);
    }

    private async Task<ApiAnswer> ReadAsync(string path) => (await api.GetAsync($"/v1/{path}")).Expect(200);

    private async Task DoAsync(string path, string body)
    {
        var answer = await api.PostAsync($"/v1/{path}", body);
        Assert.True(answer.Status is 200 or 201, $"{path} {answer.Status}: {answer.Text}");
    }

    private async Task RefusedAsync(string path, string body, string code)
    {
        var answer = await api.PostAsync($"/v1/{path}", body);
        Assert.True(answer.Status is 409 or 422 && answer["code"] == code, $"{path} {answer.Status}: {answer.Text}");
    }
}
