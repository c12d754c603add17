using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Accounts;

public sealed class AccountsApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task An_account_is_registered_once_changed_and_read_at_any_time()
    {
        const string acme = """{"id":"acme","name":"Acme","segment":"smb","country":"DE","effectiveAt":"2026-01-01"}""";
        var created = await DoAsync("accounts", acme, 201);
        Assert.Equal("/v1/accounts/acme", created.Headers["Location"]);
        await DoAsync("accounts", acme);
        Assert.Equal("account-exists", (await api.PostAsync("/v1/accounts", """{"id":"acme","name":"Other"}""")).Expect(409)["code"]);

        await DoAsync("accounts/acme/profile", """{"segment":"enterprise","region":"DACH","effectiveAt":"2026-03-01"}""");
        var before = (await api.GetAsync("/v1/accounts/acme?asOf=2026-02-28")).Expect(200);
        Assert.Equal(("smb", null), (before["segment"], before["region"]));
        var after = (await api.GetAsync("/v1/accounts/acme?asOf=2026-03-01")).Expect(200);
        Assert.Equal(("enterprise", "DACH", "\"2\""), (after["segment"], after["region"], after.Headers["ETag"]));
        (await api.GetAsync("/v1/accounts/acme?asOf=2025-12-31")).Expect(404);
        (await api.PostAsync("/v1/accounts/nobody/profile", """{"segment":"smb"}""")).Expect(404);
    }

    [Fact]
    public async Task A_wrong_fact_is_corrected_and_what_was_known_stays_known()
    {
        await DoAsync("accounts", """{"id":"wrong","name":"Wrong","country":"AT","effectiveAt":"2026-01-01"}""", 201);
        var known = (await api.GetAsync("/v1/accounts/wrong?asOf=2026-02-01"))["asOf.knownAt"];
        var history = (await api.GetAsync("/v1/accounts/wrong/history")).Expect(200);
        await DoAsync("accounts/wrong/corrections", $$$"""
            {"eventId":"{{{history["items.0.eventId"]}}}","reason":"a slip",
             "replacement":{"data":{"profile":{"name":"Right","country":"AU"} } } }
            """);
        Assert.Equal("AU", (await api.GetAsync("/v1/accounts/wrong?asOf=2026-02-01"))["country"]);
        Assert.Equal("AT", (await api.GetAsync($"/v1/accounts/wrong?asOf=2026-02-01&knownAt={known}"))["country"]);
    }

    [Theory]
    [InlineData("""{"name":""}""", 422, "text-empty")]
    [InlineData("""{"segment":"smb"}""", 400, "missing-member")]
    [InlineData("""{"name":"A","employees":-1}""", 422, "employees-negative")]
    [InlineData("""{"name":"A","colour":"red"}""", 400, "unknown-member")]
    [InlineData("""{"name":"A","languages":["de","de"]}""", 422, "item-twice")]
    [InlineData("""{"name":"A","revenue":{"amount":"1.234","currency":"EUR"}}""", 400, "bad-value")]
    public async Task Bad_input_is_refused(string body, int status, string code) =>
        Assert.Equal(code, (await api.PostAsync("/v1/accounts", body)).Expect(status)["errors.0.code"]);

    [Fact]
    public async Task A_list_is_of_the_accounts_asked_for()
    {
        await DoAsync("accounts", """{"id":"li-1","name":"One","segment":"li","industry":"food","country":"DE","effectiveAt":"2026-01-01"}""", 201);
        await DoAsync("accounts", """{"id":"li-2","name":"Two","segment":"li","industry":"steel","country":"FR","parentId":"li-1","effectiveAt":"2026-01-01"}""", 201);
        Assert.Equal(["li-1", "li-2"], await IdsAsync("segment=li"));
        Assert.Equal(["li-2"], await IdsAsync("segment=li&industry=steel,oil"));
        Assert.Equal(["li-1"], await IdsAsync("segment=li&country=DE"));
        Assert.Equal(["li-2"], await IdsAsync("parentId=li-1"));
        Assert.Empty(await IdsAsync("segment=li&region=nowhere"));

        async Task<IEnumerable<string?>> IdsAsync(string query) =>
            (await api.GetAsync($"/v1/accounts?asOf=2026-02-01&{query}")).Expect(200).Json.GetProperty("items")
                .EnumerateArray().Select(item => item.GetProperty("id").GetString());
    }

    private async Task<ApiAnswer> DoAsync(string path, string body, int status = 200) =>
        (await api.PostAsync($"/v1/{path}", body)).Expect(status);

    [Fact]
    public async Task What_was_noted_of_a_contact_or_of_who_works_a_territory_can_be_corrected()
    {
        (await api.PostAsync("/v1/accounts", """{"id":"cc","name":"C","effectiveAt":"2026-01-01"}""")).Expect(201);
        (await api.PostAsync("/v1/accounts/cc/contacts", """{"id":"k","name":"Kim","effectiveAt":"2026-02-01"}""")).Expect(201);
        await CorrectAsync("accounts/cc/contacts", """{"data":{"contact":{"id":"k","name":"Kimberley"}}}""");
        Assert.Equal("Kimberley", (await api.GetAsync("/v1/accounts/cc/contacts?asOf=2026-03-01")).Expect(200)["items.0.name"]);

        (await api.PostAsync("/v1/territories", """{"id":"tc","name":"T","rules":[],"effectiveAt":"2026-01-01"}""")).Expect(201);
        (await api.PostAsync("/v1/territories/tc/reps", """{"reps":[{"repId":"ann","share":"100"}],"effectiveAt":"2026-02-01"}""")).Expect(200);
        var bad = await CorrectAsync("territories/tc/reps", """{"data":{"reps":[{"repId":"ann","share":"101"}]}}""", 422);
        Assert.Equal(("share-range", "/replacement/data/reps/0/share"), (bad["code"], bad["errors.0.pointer"]));
        await CorrectAsync("territories/tc/reps", """{"data":{"reps":[{"repId":"bob","share":"60"}]}}""");
        Assert.Equal("bob", (await api.GetAsync("/v1/territories/tc?asOf=2026-03-01")).Expect(200)["reps.0.repId"]);
        foreach (var path in (string[])["accounts/nobody/contacts", "territories/nowhere/reps", "territories/nowhere"])
        {
            (await api.PostAsync(
                $"/v1/{path}/corrections", """{"eventId":"00000000-0000-0000-0000-000000000001","reason":"r"}""")).Expect(404);
        }

        async Task<ApiAnswer> CorrectAsync(string path, string replacement, int status = 200)
        {
            var @event = (await api.GetAsync($"/v1/{path}/history")).Expect(200)["items.0.eventId"];
            return (await api.PostAsync(
                $"/v1/{path}/corrections",
                $$"""{"eventId":"{{@event}}","reason":"noted wrongly","replacement":{{replacement}}}""")).Expect(status);
        }
    }
}
