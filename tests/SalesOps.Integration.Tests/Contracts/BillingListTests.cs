using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Contracts;

/// <summary>What was billed and paid, over all contracts.</summary>
public sealed class BillingListTests(FutureHost api) : IClassFixture<FutureHost>
{
    /// <summary>Of the last write, which the reads of facts have to have seen.</summary>
    private string position = "0";

    [Fact]
    public async Task Invoices_and_payments_of_all_contracts_are_listed_by_contract_in_pages_and_whole()
    {
        foreach (var contract in (string[])["b1", "b2"])
        {
            await DoAsync("contracts", $$"""
                {"id":"{{contract}}","accountId":"{{contract}}-account","termStart":"2027-01-01","termEnd":"2031-12-31","noticeDays":60,
                 "autoRenew":true,"value":{"amount":"1000.00","currency":"USD"},"effectiveAt":"2026-12-01"}
                """);
            await DoAsync($"contracts/{contract}/sign", """{"signedOn":"2026-12-01"}""");
            foreach (var invoice in (string[])["i3", "i1", "i2"])
            {
                await DoAsync($"contracts/{contract}/invoices", $$$"""
                    {"id":"{{{invoice}}}","on":"2027-02-01","dueOn":"2027-03-01","amount":{"amount":"100.00","currency":"USD"}}
                    """);
            }
        }

        await DoAsync("contracts/b1/payments", """{"id":"p1","invoiceId":"i1","on":"2027-02-02","amount":{"amount":"100.00","currency":"USD"}}""");
        await DoAsync("contracts/b1/payments", """{"id":"p2","invoiceId":"i2","on":"2027-02-03","amount":{"amount":"40.00","currency":"USD"}}""");
        await DoAsync("contracts/b1/refunds", """{"id":"r1","invoiceId":"i2","on":"2027-02-04","amount":{"amount":"10.00","currency":"USD"}}""");

        List<string> keys = [];
        string? cursor = null;
        do
        {
            var after = cursor is null ? string.Empty : $"&cursor={cursor}";
            var page = await ReadAsync($"invoices?limit=2&asOf=2027-02-15&minPosition={position}{after}");
            Assert.InRange(Count(page), 1, 2);
            keys.AddRange(Enumerable.Range(0, Count(page)).Select(index =>
                $"{page[$"items.{index}.contractId"]}/{page[$"items.{index}.id"]} {page[$"items.{index}.status"]}"));
            cursor = page["nextCursor"];
        }
        while (cursor is not null);
        Assert.Equal(["b1/i1 settled", "b1/i2 open", "b1/i3 open", "b2/i1 open", "b2/i2 open", "b2/i3 open"], keys);

        var overdue = await ReadAsync($"invoices?minPosition={position}&asOf=2027-03-02&status=overdue&accountId=b1-account");
        Assert.Equal(("2", "i2", "70.00"), ($"{Count(overdue)}", overdue["items.0.id"], overdue["items.0.open.amount"]));
        Assert.Equal(0, Count(await ReadAsync($"invoices?minPosition={position}&asOf=2027-01-31")));
        var early = (await ReadAsync("contracts/b1/history"))["items.1.recordedAt"];
        Assert.Equal(0, Count(await ReadAsync($"invoices?minPosition={position}&asOf=2027-03-02&knownAt={early}")));
        Assert.Equal(0, Count(await ReadAsync($"invoices?minPosition={position}&asOf=2027-03-02&from=2027-02-02")));

        var refunds = await ReadAsync($"payments?minPosition={position}&asOf=2027-03-02&kind=refund");
        Assert.Equal(("1", "b1", "b1-account", "r1"), (
            $"{Count(refunds)}", refunds["items.0.contractId"], refunds["items.0.accountId"], refunds["items.0.id"]));
        var csv = (await api.GetAsync("/v1/payments?asOf=2027-03-02", ("Accept", "text/csv"))).Expect(200);
        Assert.Equal(
            [
                "contractId,accountId,id,kind,on,currency,amount,invoiceId,reason", "b1,b1-account,p1,payment,2027-02-02,USD,100.00,i1,",
                "b1,b1-account,p2,payment,2027-02-03,USD,40.00,i2,", "b1,b1-account,r1,refund,2027-02-04,USD,10.00,i2,",
            ],
            csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        var invoices = (await api.GetAsync("/v1/invoices?asOf=2027-03-02", ("Accept", "text/csv"))).Expect(200);
        Assert.Equal(7, invoices.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task An_account_that_nobody_knows_has_no_legal_position()
    {
        (await api.PostAsync("/v1/accounts", """{"id":"known","name":"Known","effectiveAt":"2026-01-01"}""")).Expect(201);
        Assert.Equal("[]", (await ReadAsync("accounts/known/legal-position"))["contracts"]);
        var unknown = (await api.GetAsync("/v1/accounts/unknown/legal-position")).Expect(404);
        Assert.Equal("account-not-found", unknown["code"]);
    }

    private static int Count(ApiAnswer answer) => answer.Json.GetProperty("items").GetArrayLength();

    private async Task<ApiAnswer> ReadAsync(string path) => (await api.GetAsync($"/v1/{path}")).Expect(200);

    private async Task DoAsync(string path, string body)
    {
        var answer = await api.PostAsync($"/v1/{path}", body);
        Assert.True(answer.Status is 200 or 201, $"{path} {answer.Status}: {answer.Text}");
        position = answer["position"]!;
    }
}
