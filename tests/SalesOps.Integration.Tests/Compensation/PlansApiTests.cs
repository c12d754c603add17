using System.Text;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Compensation;

/// <summary>Plans from draft to acceptance, and rates, through the front door.</summary>
public sealed class PlansApiTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_plan_is_drafted_published_assigned_and_accepted()
    {
        var created = await api.PostAsync("/v1/comp-plans", Plan("ae", "0.10"));
        Assert.Equal("/v1/comp-plans/ae", created.Expect(201).Headers["Location"]);
        (await api.PostAsync("/v1/comp-plans", Plan("ae", "0.10"))).Expect(200);
        Assert.Equal("plan-exists", (await api.PostAsync("/v1/comp-plans", Plan("ae", "0.20"))).Expect(409)["code"]);

        Assert.Equal(
            "idempotency-key-required", (await api.PostAsync("/v1/comp-plans/ae/publish", "{}")).Expect(400)["code"]);
        var published = (await api.PostAsync("/v1/comp-plans/ae/publish", "{}", ("Idempotency-Key", "p1"))).Expect(200);
        Assert.Equal("1", published["version"]);
        Assert.Equal("unbounded", published["findings.0.code"]);
        var again = await api.PostAsync("/v1/comp-plans/ae/publish", "{}", ("Idempotency-Key", "p1"));
        Assert.Equal((published.Text, "true"), (again.Text, again.Headers["Idempotent-Replayed"]));

        (await PutAsync("/v1/comp-plans/ae", Plan("ae", "0.20"))).Expect(200);
        var second = (await api.PostAsync("/v1/comp-plans/ae/publish", "{}", ("Idempotency-Key", "p2"))).Expect(200);
        Assert.Equal("2", second["version"]);
        Assert.NotEqual(published["hash"], second["hash"]);

        var version = (await api.GetAsync("/v1/comp-plans/ae/versions/1")).Expect(200);
        Assert.Equal((published["hash"], "0.1"), (version["hash"], version["plan.components.0.rates.tiers.0.rate"]));
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(version["canonical"]!));
        Assert.Equal(version["hash"], Convert.ToHexStringLower(hash));
        (await api.GetAsync("/v1/comp-plans/ae/versions/3")).Expect(404);
        var plan = (await api.GetAsync("/v1/comp-plans/ae")).Expect(200);
        Assert.Equal(("0.2", "2"), (plan["draft.components.0.rates.tiers.0.rate"], plan["versions.1.number"]));

        (await api.PostAsync("/v1/reps", """{"id":"ann","name":"Ann","hiredOn":"2026-01-01"}""")).Expect(201);
        (await api.PostAsync(
            "/v1/reps/ann/plan-assignments",
            """{"planId":"ae","effectiveFrom":"2026-01-01","targetVariable":{"amount":"5000.00","currency":"USD"}}""")).Expect(200);
        (await api.PostAsync(
            "/v1/reps/ann/plan-acceptances", $$"""{"planId":"ae","version":1,"hash":"{{published["hash"]}}"}""")).Expect(200);
        var list = (await api.GetAsync("/v1/reps/ann/plan-assignments")).Expect(200);
        Assert.Equal(
            ("ae", "2026-01-01", "1"),
            (list["items.0.planId"], list["items.0.effectiveFrom"], list["acceptances.0.version"]));
    }

    [Fact]
    public async Task A_plan_may_be_published_without_a_body()
    {
        (await api.PostAsync("/v1/comp-plans", Plan("bare", "0.10"))).Expect(201);
        var answer = await api.SendAsync(HttpMethod.Post, "/v1/comp-plans/bare/publish", null, ("Idempotency-Key", "bare"));
        Assert.Equal("1", answer.Expect(200)["version"]);
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_nothing_is_written()
    {
        var gap = await api.PostAsync("/v1/comp-plans", Plan("gap", "0.10").Replace("\"from\":\"0\"", "\"from\":\"10\"", StringComparison.Ordinal));
        Assert.Equal(("tier-gap", "/components/0/rates/tiers/0/from"), (gap.Expect(422)["code"], gap["errors.0.pointer"]));
        var number = await api.PostAsync("/v1/comp-plans", Plan("gap", "0.10").Replace("\"0.10\"", "0.10", StringComparison.Ordinal));
        Assert.Equal("/components/0/rates/tiers/0/rate", number.Expect(400)["errors.0.pointer"]);
        (await api.GetAsync("/v1/comp-plans/gap")).Expect(404);
        (await PutAsync("/v1/comp-plans/gap", Plan("gap", "0.10"))).Expect(404);
        (await api.PostAsync("/v1/comp-plans/gap/publish", "{}", ("Idempotency-Key", "gap"))).Expect(404);

        (await api.PostAsync("/v1/comp-plans", Plan("raw", "0.10"))).Expect(201);
        (await api.PostAsync("/v1/reps", """{"id":"bo","name":"Bo"}""")).Expect(201);
        async Task RefuseAsync(string rep, string body, int status, string code) => Assert.Equal(
            code, (await api.PostAsync($"/v1/reps/{rep}/plan-assignments", body)).Expect(status)["code"]);
        await RefuseAsync("bo", """{"planId":"raw","effectiveFrom":"2026-01-01"}""", 409, "plan-not-published");
        await RefuseAsync("bo", """{"planId":"none","effectiveFrom":"2026-01-01"}""", 422, "plan-unknown");
        await RefuseAsync("nobody", """{"planId":"raw","effectiveFrom":"2026-01-01"}""", 404, "rep-not-found");
        Assert.Equal("[]", (await api.GetAsync("/v1/reps/bo/plan-assignments")).Expect(200)["items"]);
    }

    [Fact]
    public async Task A_rate_is_one_or_a_file_and_a_correction_is_a_new_version()
    {
        var one = """{"base":"USD","quote":"AUD","from":"2026-01-01","rate":"1.39"}""";
        Assert.Equal("1", (await api.PostAsync("/v1/rates", one)).Expect(200)["changed"]);
        Assert.Equal("0", (await api.PostAsync("/v1/rates", one)).Expect(200)["changed"]);
        Assert.Equal("1", (await api.PostAsync("/v1/rates", one.Replace("1.39", "1.40", StringComparison.Ordinal))).Expect(200)["changed"]);
        var fault = await api.PostAsync("/v1/rates", one.Replace("\"1.39\"", "1.39", StringComparison.Ordinal));
        Assert.Equal(("wrong-type", "/rate"), (fault.Expect(400)["code"], fault["errors.0.pointer"]));
        (await api.PostAsync("/v1/rates", one.Replace("AUD", "XYZ", StringComparison.Ordinal))).Expect(422);

        var file = "Date,USD,CYP,\n2008-01-02,1.4688,N/A,\n2007-12-31,1.4721,0.585274,\n";
        var read = await CsvAsync(file);
        Assert.Equal(("2", "4", "4"), (read.Expect(200)["pairs"], read["quotes"], read["changed"]));
        Assert.Equal("0", (await CsvAsync(file)).Expect(200)["changed"]);
        Assert.Equal("bad-rates", (await CsvAsync(file + "2007-12-30,1,\n")).Expect(422)["code"]);
        (await api.SendAsync(HttpMethod.Post, "/v1/rates", new StringContent("x", Encoding.UTF8, "text/plain"))).Expect(415);
    }

    private static string Plan(string id, string rate) => $$"""
        {"id":"{{id}}","name":"Plan","currency":"USD","period":"month","components":[{"id":"base","measure":"bookings",
         "rates":{"kind":"marginal","unit":"amount","tiers":[{"from":"0","rate":"{{rate}}"}]} }],"payOn":"booking"}
        """;

    private Task<ApiAnswer> PutAsync(string path, string json) =>
        api.SendAsync(HttpMethod.Put, path, new StringContent(json, Encoding.UTF8, "application/json"));

    private Task<ApiAnswer> CsvAsync(string csv) =>
        api.SendAsync(HttpMethod.Post, "/v1/rates", new StringContent(csv, Encoding.UTF8, "text/csv"));
}
