using System.Text;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Imports;

/// <summary>Reps, contacts and leads by import: each row is the single call, with the same refusals.</summary>
public sealed class PeopleImportTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Rows_close_no_circle_of_managers_neither_among_themselves_nor_with_what_is_recorded()
    {
        await DoAsync("reps", """{"id":"ci-a","name":"A","hiredOn":"2026-01-01","managerId":"ci-c"}""", 201);
        var answer = await ImportAsync("ci", ("reps.csv", """
            id,name,hiredOn,managerId
            ci-b,B,2026-01-01,ci-a
            ci-c,C,2026-01-01,ci-b
            ci-d,D,2026-01-01,ci-e
            ci-e,E,2026-01-01,ci-d
            ci-f,F,2026-01-01,ci-b
            """));
        Assert.Equal(("3", "2"), (answer["created"], answer["failed"]));
        Assert.Equal(["3 manager-cycle", "5 manager-cycle"], FailuresOf(answer));
        (await api.GetAsync("/v1/reps/ci-c?asOf=2026-02-01")).Expect(404);

        // The control: the same rows without those that close a circle all pass.
        Assert.Equal("0", (await ImportAsync("ci-2", ("reps.csv", "id,name,hiredOn,managerId\nci-c,C,2026-01-01,\n")))["failed"]);
    }

    [Fact]
    public async Task Leads_and_contacts_come_in_and_a_repeat_changes_nothing()
    {
        (string, string)[] files =
        [
            ("accounts.csv", "id,name,country\npe-1,Account,DE\n"),
            ("contacts.csv", """
                accountId,contactId,name,role,knownBy,effectiveAt
                pe-1,kim,Kim,champion,ada;ben,2026-01-05
                pe-9,lee,Lee,,,2026-01-05
                """),
            ("leads.csv", """
                id,name,direction,company,source,languages,status,score,reason,effectiveAt,decidedAt
                pe-a,Ann,inbound,Acme,fair,de;en,qualified,80,budget,2026-01-05,2026-01-20
                pe-b,Bob,outbound,,,,disqualified,,no budget,2026-01-06,2026-01-21
                pe-c,Cleo,inbound,,,,,,,2026-01-07,
                pe-d,Dan,sideways,,,,,,,2026-01-07,
                """),
        ];
        var first = await ImportAsync("pe-1", files);
        Assert.Equal(("7", "5", "2"), (first["received"], first["created"], first["failed"]));
        Assert.Equal(["3 account-not-found", "5 value-unknown"], FailuresOf(first).Order(StringComparer.Ordinal));
        var again = await ImportAsync("pe-2", files);
        Assert.Equal(("0", "5", "2"), (again["created"], again["unchanged"], again["failed"]));

        var lead = (await api.GetAsync("/v1/leads/pe-a?asOf=2026-01-20")).Expect(200);
        Assert.Equal(("qualified", "80", "Acme"), (lead["status"], lead["score"], lead["company"]));
        Assert.Equal("new", (await api.GetAsync("/v1/leads/pe-a?asOf=2026-01-19"))["status"]);
        Assert.Equal("disqualified", (await api.GetAsync("/v1/leads/pe-b?asOf=2026-01-21"))["status"]);
        var contacts = (await api.GetAsync("/v1/accounts/pe-1/contacts?asOf=2026-01-05")).Expect(200);
        Assert.Equal(("kim", "ben"), (contacts["items.0.id"], contacts["items.0.knownBy.1"]));
    }

    private static IEnumerable<string> FailuresOf(ApiAnswer answer) => answer.Json.GetProperty("rows").EnumerateArray()
        .Where(row => row.GetProperty("status").GetString() == "failed")
        .Select(row => $"{row.GetProperty("row")} {row.GetProperty("problem").GetProperty("code")}");

    private async Task<ApiAnswer> ImportAsync(string key, params (string Name, string Text)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, text) in files)
        {
            form.Add(new StringContent(text + "\n", Encoding.UTF8, "text/csv"), "files", name);
        }

        return (await api.SendAsync(HttpMethod.Post, "/v1/imports?format=salesops", form, ("Idempotency-Key", key))).Expect(200);
    }

    private async Task<ApiAnswer> DoAsync(string path, string body, int status = 200) =>
        (await api.PostAsync($"/v1/{path}", body)).Expect(status);
}
