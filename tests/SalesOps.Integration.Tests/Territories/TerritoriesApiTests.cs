using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Territories;

/// <summary>Territories over HTTP. A tenant has one tree, so each test has a database of its own.</summary>
public sealed class TerritoriesApiTests : ApiHost
{
    private long written;

    [Fact]
    public async Task An_account_belongs_to_one_leaf_or_is_reported()
    {
        await DoAsync("territories", """{"id":"emea","name":"EMEA","rules":[{"field":"country","op":"in","values":["DE","FR"]}],"effectiveAt":"2025-01-01"}""");
        await DoAsync("territories", """
            {"id":"fr","name":"France","parentId":"emea","rules":[{"field":"country","op":"in","values":["fr"]}],
             "goal":{"amount":"500000.00","currency":"EUR"},"goalPeriod":"quarter","effectiveAt":"2025-01-01"}
            """);
        await DoAsync("territories", """{"id":"de","name":"Germany","parentId":"emea","rules":[{"field":"country","op":"in","values":["DE"]}],"effectiveAt":"2025-01-01"}""");
        await DoAsync("territories", """{"id":"retail","name":"Retail","parentId":"emea","rules":[{"field":"industry","op":"in","values":["retail"]}],"effectiveAt":"2025-01-01"}""");
        await DoAsync("territories", """{"id":"key","name":"Key accounts","rules":[{"field":"account","op":"in","values":["big"]}],"effectiveAt":"2025-01-01"}""");
        await DoAsync("territories", """{"id":"odd","name":"Odd","parentId":"emea","rules":[{"field":"country","op":"in","values":["NO"]}],"effectiveAt":"2025-01-01"}""");
        await AccountAsync("a-de", "DE", "steel");
        await AccountAsync("a-shop", "FR", "retail");
        await AccountAsync("a-far", "US", "steel");
        await AccountAsync("big", "DE", "steel");
        await DoAsync("territories/de/reps", """{"reps":[{"repId":"ben"},{"repId":"ada","role":"seller","share":"50"}],"effectiveAt":"2025-01-01"}""");

        var territory = await ReadAsync("accounts/a-de/territory?asOf=2025-02-01");
        Assert.Equal(("territory", "de", "Germany", "emea"), (
            territory["kind"], territory["territoryId"], territory["label"], territory["path.0.key"]));
        Assert.Equal("key", (await ReadAsync("accounts/big/territory"))["territoryId"]);
        Assert.Equal("gap", (await ReadAsync("accounts/a-far/territory"))["kind"]);
        var overlap = await ReadAsync("accounts/a-shop/territory");
        Assert.Equal(("overlap", "fr", "retail"), (overlap["kind"], overlap["candidates.0.key"], overlap["candidates.1.key"]));
        (await GetAsync("/v1/accounts/nobody/territory")).Expect(404);

        var coverage = await ReadAsync("territories/coverage");
        Assert.Equal(("4", "2", "1", "1"), (coverage["accounts"], coverage["placed"], coverage["gaps"], coverage["overlaps"]));
        Assert.Equal(("a-far", "gap", "a-shop", "overlap"), (
            coverage["items.0.accountId"], coverage["items.0.kind"], coverage["items.1.accountId"], coverage["items.1.kind"]));
        Assert.Equal(("odd", "country"), (coverage["unreachable.0.key"], coverage["unreachable.0.field"]));
        Assert.Equal(["fr", "key", "odd", "retail"], coverage.Json.GetProperty("withoutReps").EnumerateArray()
            .Select(item => item.GetProperty("key").GetString()));
        var first = await ReadAsync("territories/coverage?limit=1");
        Assert.Equal("a-shop", (await ReadAsync($"territories/coverage?limit=1&cursor={first["nextCursor"]}"))["items.0.accountId"]);

        var one = await ReadAsync("territories/de");
        Assert.Equal(("emea", "ada", "seller", "50", "ben", "100"), (
            one["parentId"], one["reps.0.repId"], one["reps.0.role"], one["reps.0.share"], one["reps.1.repId"], one["reps.1.share"]));
        Assert.Equal("2", one.Json.GetProperty("effectiveRules").GetArrayLength().ToString());
        var list = await ReadAsync("territories");
        Assert.Equal(("de", "emea", "fr", "500000.00", "quarter"), (
            list["items.0.id"], list["items.1.id"], list["items.2.id"], list["items.2.goal.amount"], list["items.2.goalPeriod"]));
    }

    [Fact]
    public async Task A_fact_of_a_territory_is_corrected_and_its_history_is_its_own()
    {
        await DoAsync("territories", """{"id":"top","name":"Top","effectiveAt":"2025-01-01"}""");
        await DoAsync("territories", """
            {"id":"no","name":"Norway","parentId":"top","rules":[{"field":"buyingProcess","op":"in","values":["tender"]}],
             "effectiveAt":"2025-01-01"}
            """);
        await DoAsync("territories/no/rules", """{"rules":[],"effectiveAt":"2025-03-01"}""");
        var history = (await GetAsync("/v1/territories/no/history")).Expect(200);
        Assert.Equal(("territory_defined", "territory_rules_changed"), (history["items.0.type"], history["items.1.type"]));
        (await GetAsync("/v1/territories/nowhere/history")).Expect(404);

        var wrong = history["items.1.eventId"];
        var other = (await PostAsync("/v1/territories/top/corrections", $$"""{"eventId":"{{wrong}}","reason":"x"}""")).Expect(422);
        Assert.Equal("event-not-found", other["code"]);
        var bad = (await PostAsync("/v1/territories/no/corrections", $$$"""
            {"eventId":"{{{wrong}}}","reason":"x","replacement":{"data":{"rules":[{"field":"employees","op":"below","values":["few"]}]} } }
            """)).Expect(422);
        Assert.Equal(("value-unreadable", "/replacement/data/rules/0/values/0"), (bad["code"], bad["errors.0.pointer"]));
        var defined = (await GetAsync("/v1/territories/top/history")).Expect(200)["items.0.eventId"];
        (await PostAsync("/v1/territories/top/corrections", $$"""{"eventId":"{{defined}}","reason":"x"}""")).Expect(409);

        await DoAsync("territories/no/corrections", $$"""{"eventId":"{{wrong}}","reason":"never"}""");
        Assert.Equal("tender", (await ReadAsync("territories/no?asOf=2025-04-01"))["rules.0.values.0"]);
        Assert.NotNull((await GetAsync("/v1/territories/no/history")).Expect(200)["items.1.voidedBy"]);
    }

    [Fact]
    public async Task No_territory_is_called_like_an_operation_nor_in_a_model()
    {
        var taken = (await PostAsync("/v1/territories", """{"id":"Coverage","name":"C"}""")).Expect(422);
        Assert.Equal(("id-reserved", "/id"), (taken["code"], taken["errors.0.pointer"]));
        var model = (await PostAsync("/v1/territory-models", """
            {"id":"m","name":"M","territories":[{"id":"a","name":"A"},{"id":"sizing","name":"S"}]}
            """)).Expect(422);
        Assert.Equal(("id-reserved", "/territories/1/id"), (model["code"], model["errors.0.pointer"]));
        Assert.Equal("id-reserved", (await PostAsync("/v1/contracts", """
            {"id":"renewals","accountId":"a","termStart":"2026-01-01","termEnd":"2026-12-31","autoRenew":false,"noticeDays":0,
             "value":{"amount":"1.00","currency":"EUR"}}
            """)).Expect(422)["code"]);
        Assert.Equal("201", (await PostAsync("/v1/territories", """{"id":"cover","name":"C"}""")).Status.ToString());
    }

    [Fact]
    public async Task A_sales_force_is_sized_and_reports_are_there_as_csv()
    {
        await DoAsync("territories", """{"id":"d","name":"D","rules":[{"field":"country","op":"in","values":["DE"]}],"effectiveAt":"2025-01-01"}""");
        await DoAsync("territories/d/reps", """{"reps":[{"repId":"ben"}],"effectiveAt":"2025-01-01"}""");
        await DoAsync("accounts", """{"id":"s1","name":"=S1","segment":"key","country":"DE","effectiveAt":"2025-01-01"}""");
        await DoAsync("accounts", """{"id":"s2","name":"S2","segment":"small","country":"FR","effectiveAt":"2025-01-01"}""");
        const string wish = """{"classes":[{"segment":"key","frequency":"40","hours":"2"},{"frequency":"10","hours":"1"}],"sellingHours":"100"}""";
        await ReadAsync("territories");
        var sized = (await PostAsync("/v1/territories/sizing", wish)).Expect(200);
        Assert.Equal(("0.9", "90", "1", "0.9", "healthy"), (
            sized["needed"], sized["workload"], sized["unplaced"], sized["utilisation"], sized["health"]));
        Assert.Equal(("d", "0.8", "healthy"), (sized["items.0.key"], sized["items.0.utilisation"], sized["items.0.health"]));
        Assert.Equal("hours-range", (await PostAsync(
            "/v1/territories/sizing", """{"classes":[{"frequency":"1","hours":"1"}],"sellingHours":"0"}""")).Expect(422)["code"]);

        var gaps = (await GetAsync("/v1/territories/coverage", ("Accept", "text/csv"))).Expect(200);
        Assert.Equal("accountId,label,kind,territories\r\ns2,S2,gap,\r\n", gaps.Text);
        await DoAsync("territory-models", """{"id":"m","name":"M","territories":[{"id":"f","name":"F"}]}""");
        var moved = (await GetAsync("/v1/territory-models/m/preview", ("Accept", "text/csv"))).Expect(200);
        Assert.Equal(
            "accountId,label,fromKind,from,toKind,to\r\ns1,'=S1,territory,d,territory,f\r\ns2,S2,gap,,territory,f\r\n", moved.Text);
    }

    [Fact]
    public async Task A_change_takes_effect_from_its_time_on_and_is_known_from_its_own()
    {
        await DoAsync("territories", """{"id":"n","name":"North","rules":[{"field":"country","op":"in","values":["NO"]}],"effectiveAt":"2025-01-01"}""");
        await AccountAsync("acme", "SE", null);
        var before = await ReadAsync("accounts/acme/territory?asOf=2025-06-01");
        Assert.Equal("gap", before["kind"]);
        await DoAsync("territories/n/rules", """{"rules":[{"field":"country","op":"in","values":["NO","SE"]}],"effectiveAt":"2025-03-01"}""");
        Assert.Equal("territory", (await ReadAsync("accounts/acme/territory?asOf=2025-06-01"))["kind"]);
        Assert.Equal("gap", (await ReadAsync("accounts/acme/territory?asOf=2025-02-28"))["kind"]);
        var again = $"accounts/acme/territory?asOf=2025-06-01&knownAt={before["asOf.knownAt"]}";
        Assert.Equal(before.Text, (await GetAsync("/v1/" + again)).Expect(200).Text);
        await DoAsync("territories/n/retire", """{"effectiveAt":"2025-09-01"}""");
        Assert.Equal("0", (await ReadAsync("territories/coverage?asOf=2025-09-01"))["territories"]);
        (await GetAsync("/v1/territories/n?asOf=2025-09-01")).Expect(404);
        (await GetAsync("/v1/territories/n?asOf=2025-08-31")).Expect(200);
    }

    [Fact]
    public async Task A_model_is_drafted_previewed_activated_and_an_old_one_activated_again()
    {
        foreach (var (id, country, revenue) in new[] { ("a", "DE", 10), ("b", "DE", 20), ("c", "FR", 30), ("d", "US", 40) })
        {
            await DoAsync("accounts", $$"""
                {"id":"{{id}}","name":"{{id}}","country":"{{country}}",
                 "revenue":{"amount":"{{revenue}}.00","currency":"EUR"},"effectiveAt":"2025-01-01"}
                """);
        }

        const string first = """
            {"id":"fy25","name":"FY25","territories":[{"id":"eu","name":"Europe"},
             {"id":"de","name":"Germany","parentId":"eu","rules":[{"field":"country","op":"in","values":["DE"]}]},
             {"id":"fr","name":"France","parentId":"eu","rules":[{"field":"country","op":"in","values":["FR"]}]}],
             "effectiveAt":"2025-01-01"}
            """;
        Assert.Equal(201, (await PostAsync("/v1/territory-models", first)).Status);
        Assert.Equal(200, (await PostAsync("/v1/territory-models", first)).Status);
        await DoAsync("territory-models/fy25/activate", """{"effectiveAt":"2025-01-01"}""");
        await DoAsync("territory-models", """
            {"id":"fy26","name":"FY26","territories":[{"id":"de","name":"Germany"},
             {"id":"de-all","name":"All","parentId":"de","rules":[{"field":"country","op":"in","values":["DE","FR","US"]}]}],
             "effectiveAt":"2025-01-01"}
            """);
        await DoAsync("territories/de/reps", """{"reps":[{"repId":"ada"}],"effectiveAt":"2025-01-01"}""");
        await DoAsync("territories/fr/reps", """{"reps":[{"repId":"ben"}],"effectiveAt":"2025-01-01"}""");

        var preview = await ReadAsync("territory-models/fy26/preview?asOf=2025-06-01&potential=accounts");
        Assert.Equal(("4", "4", "1"), (preview["accounts"], preview["moved"], preview["before.gaps"]));
        Assert.Equal(("de", "de-all", "2"), (
            preview["moves.0.from.territory.key"], preview["moves.0.to.territory.key"], preview["moves.0.accounts"]));
        Assert.Equal(("a", "gap"), (preview["items.0.accountId"], preview["items.3.from.kind"]));
        Assert.Equal(("ada", "2", "ben", "1"), (
            preview["reps.0.key"], preview["reps.0.lost"], preview["reps.1.key"], preview["reps.1.lost"]));
        Assert.Equal(("2", "0.166667"), (preview["before.maxToMin"], preview["before.gini"]));
        Assert.Equal("no-denominator", preview["after.reason"]);

        await DoAsync("territory-models/fy26/activate", """{"effectiveAt":"2026-01-01"}""");
        Assert.Equal("de-all", (await ReadAsync("accounts/d/territory?asOf=2026-01-01"))["territoryId"]);
        Assert.Equal("gap", (await ReadAsync("accounts/d/territory?asOf=2025-12-31"))["kind"]);
        await DoAsync("territory-models/fy25/activate", """{"effectiveAt":"2026-03-01"}""");
        Assert.Equal("fr", (await ReadAsync("accounts/c/territory?asOf=2026-03-01"))["territoryId"]);
        Assert.Equal("fy26", (await ReadAsync("territories?asOf=2026-02-01"))["modelId"]);
        var models = await ReadAsync("territory-models?asOf=2026-03-01");
        Assert.Equal(("fy25", "true", "false"), (models["items.0.id"], models["items.0.inForce"], models["items.1.inForce"]));

        var replaced = await PostAsync("/v1/territory-models", """{"id":"fy26","name":"Other","territories":[{"id":"x","name":"X"}]}""");
        Assert.Equal("model-activated", replaced.Expect(409)["code"]);
        (await PostAsync("/v1/territory-models/none/activate", "{}")).Expect(404);
        (await GetAsync("/v1/territory-models/none/preview")).Expect(404);
        Assert.Equal("FY26", (await ReadAsync("territory-models/fy26"))["name"]);
    }

    [Fact]
    public async Task A_deal_is_of_the_territory_of_its_account_at_the_time()
    {
        await DoAsync("territories", """{"id":"de","name":"Germany","rules":[{"field":"country","op":"in","values":["DE"]}],"effectiveAt":"2025-02-01"}""");
        await AccountAsync("acme", "DE", null);
        await AccountAsync("far", "US", null);
        await DoAsync("deals", """{"name":"1","accountId":"acme","amount":{"amount":"5.00","currency":"EUR"},"effectiveAt":"2025-01-10"}""");
        await DoAsync("deals", """{"name":"2","accountId":"acme","effectiveAt":"2025-01-10"}""");
        await DoAsync("deals", """{"name":"3","accountId":"far","effectiveAt":"2025-01-10"}""");
        await DoAsync("deals", """{"name":"4","effectiveAt":"2025-01-10"}""");
        var pipeline = await ReadAsync("pipeline?asOf=2025-02-01&groupBy=territory");
        Assert.Equal(("(none)", "2", "de", "Germany", "2", "5.00"), (
            pipeline["groups.0.key"], pipeline["groups.0.deals"], pipeline["groups.1.key"], pipeline["groups.1.label"],
            pipeline["groups.1.deals"], pipeline["groups.1.amounts.0.amount"]));
        var months = await ReadAsync("pipeline/snapshots?from=2025-01-31&to=2025-02-02&groupBy=territory");
        Assert.Equal(("4", "2"), (months["items.0.groups.0.deals"], months["items.1.groups.1.deals"]));
    }

    [Fact]
    public async Task Bad_input_is_told_where_it_is_and_writes_nothing()
    {
        await DoAsync("territories", """{"id":"ok","name":"OK","rules":[{"field":"country","op":"in","values":["DE"]}],"effectiveAt":"2025-01-01"}""");
        var unknown = await PostAsync("/v1/territories", """{"id":"bad","name":"Bad","rules":[{"field":"shoeSize","op":"in","values":["44"]}]}""");
        Assert.Equal(("field-unknown", "/rules/0/field"), (unknown.Expect(422)["code"], unknown["errors.0.pointer"]));
        (await PostAsync("/v1/territories", """{"name":"Bad","rules":[{"field":"country","op":"in","values":[]}]}""")).Expect(422);
        (await PostAsync("/v1/territories", """{"name":"Bad","parentId":"nowhere"}""")).Expect(422);
        (await PostAsync("/v1/territories/nowhere/rules", """{"rules":[]}""")).Expect(404);
        (await PostAsync("/v1/territories/nowhere/reps", """{"reps":[]}""")).Expect(404);
        (await PostAsync("/v1/territories/ok/parent", """{"parentId":"ok"}""")).Expect(422);
        Assert.Equal(409, (await PostAsync("/v1/territories", """{"id":"ok","name":"Other"}""")).Status);
        Assert.Equal("1", (await ReadAsync("territories/coverage"))["territories"]);
    }

    [Fact]
    public async Task Two_moves_at_once_close_no_circle()
    {
        foreach (var id in new[] { "a", "b" })
        {
            await DoAsync("territories", $$"""{"id":"{{id}}","name":"{{id}}","effectiveAt":"2025-01-01"}""");
        }

        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(
                PostAsync("/v1/territories/a/parent", """{"parentId":"b"}"""),
                PostAsync("/v1/territories/b/parent", """{"parentId":"a"}"""));
            Assert.Equal([200, 422], answers.Select(answer => answer.Status).Order());
            await DoAsync("territories/a/parent", "{}");
            await DoAsync("territories/b/parent", "{}");
        }
    }

    private Task<ApiAnswer> AccountAsync(string id, string country, string? industry) => DoAsync("accounts", $$"""
        {"id":"{{id}}","name":"{{id}}","country":"{{country}}","industry":"{{industry ?? "none"}}","effectiveAt":"2025-01-01"}
        """);

    private async Task<ApiAnswer> DoAsync(string path, string body)
    {
        var answer = await PostAsync($"/v1/{path}", body);
        Assert.True(answer.Status is 200 or 201, $"{answer.Status}: {answer.Text}");
        written = long.Parse(answer["position"]!);
        return answer;
    }

    /// <summary>A read that includes what this test wrote.</summary>
    private async Task<ApiAnswer> ReadAsync(string path) => (await GetAsync(
        $"/v1/{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={written}")).Expect(200);
}
