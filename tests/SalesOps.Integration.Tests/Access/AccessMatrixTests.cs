using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SalesOps.Api.Access;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Access;

/// <summary>
/// Every route in every role, on what is the caller's own, another's and another tenant's. The routes are those that are
/// served: a new one is tested here by itself, or the test says what it lacks.
/// </summary>
public sealed class AccessMatrixTests(AccessHost api) : IClassFixture<AccessHost>
{
    private const string Event = "00000000-0000-0000-0000-000000000001";

    /// <summary>What takes one of several bodies, none of whose members is required.</summary>
    private static readonly string[] TakeOtherBodies = ["/v1/rates"];

    /// <summary>What they are about is a part of the account, which the account of the test has none of.</summary>
    private static readonly string[] LackTheirPart =
    [
        "/v1/accounts/{accountId}/assignment/end", "/v1/accounts/{accountId}/assignment/cover",
        "/v1/accounts/{accountId}/assignments/{eventId}/explanation", "/v1/deals/{dealId}/corrections",
        "/v1/assignments/decisions/{decisionId}", "/v1/accounts/{accountId}/contacts/{contactId}/remove",
        "/v1/accounts/{accountId}/contacts/{contactId}/erasure",
        "/v1/accounts/{accountId}/contacts/history", "/v1/accounts/{accountId}/contacts/corrections",
        "/v1/territories/{territoryId}/reps/history", "/v1/territories/{territoryId}/reps/corrections",
        "/v1/accounts/{accountId}/assignment/corrections", "/v1/accounts/{accountId}/assignments/history",
    ];

    /// <summary>
    /// By parameter of a path: an id of ann's or of all, one of bob's where there is a difference, one of another tenant.
    /// </summary>
    private static readonly Dictionary<string, (string Own, string? Others, string Foreign)> Ids = new(StringComparer.Ordinal)
    {
        ["dealId"] = ("d-ann", "d-bob", "x-d"),
        ["leadId"] = ("l-ann", "l-bob", "x-l"),
        ["quotaId"] = ("q-ann", "q-bob", "x-q"),
        ["repId"] = ("ann", "bob", "x-r"),
        ["accountId"] = ("a1", null, "x-a"),
        ["productId"] = ("p1", null, "x-p"),
        ["pipelineId"] = ("pl1", null, "x-pl"),
        ["territoryId"] = ("t1", null, "x-t"),
        ["modelId"] = ("m1", null, "x-m"),
        ["templateId"] = ("ct1", "ct1", "x-ct"),
        ["contractId"] = ("c1", "c1", "x-c"),
        ["eventId"] = (Event, null, Event),
        ["contactId"] = ("k1", null, "k1"),
        ["decisionId"] = ("n1", null, "n1"),
        ["period"] = ("2026-01", null, "2026-01"),
        ["adjustmentId"] = ("n1", null, "n1"),
        ["disputeId"] = ("n1", null, "n1"),
        ["payoutId"] = ("n1", null, "n1"),
        ["entryId"] = ("n1", null, "n1"),
        ["costId"] = ("n1", null, "n1"),
        ["metricId"] = ("n1", null, "n1"),
        ["planId"] = ("n1", null, "n1"),
        ["number"] = ("1", null, "1"),
    };

    /// <summary>By name of a member: values where not any of the type will do, as JSON.</summary>
    private static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["ownerId"] = "\"ann\"",
        ["repId"] = "\"ann\"",
        ["percent"] = "\"100\"",
        ["field"] = "\"country\"",
        ["op"] = "\"in\"",
        ["eventId"] = $"\"{Event}\"",
        ["amount"] = """{"amount":"1.00","currency":"EUR"}""",
    };

    [Fact]
    public async Task Nobody_gets_to_what_is_not_theirs()
    {
        await SeedAsync(AccessHost.Acme, "ann", "d-ann", "l-ann", "q-ann", "a1", "p1", "pl1", "t1", "m1", "ct1", "c1");
        await SeedAsync(AccessHost.Acme, "bob", "d-bob", "l-bob", "q-bob", "a2", "p2", "pl2", "t2", "m2", "ct2", "c2");
        await SeedAsync(AccessHost.Other, "x-r", "x-d", "x-l", "x-q", "x-a", "x-p", "x-pl", "x-t", "x-m", "x-ct", "x-c");
        await api.OperateAsync("/v1/reps", """{"id":"boss","name":"B","effectiveAt":"2026-01-01"}""");
        await api.OperateAsync("/v1/reps/ann/manager", """{"managerId":"boss","effectiveAt":"2026-01-02"}""");
        var document = (await api.GetAsync("/openapi/v1.json")).Expect(200).Json;

        // Who may change whose anything is goes last.
        var faults = new List<string>();
        foreach (var role in Roles.All.OrderBy(role => role == Roles.SalesOperations))
        {
            foreach (var route in Routes())
            {
                var (method, pattern) = (MethodOf(route), route.RoutePattern.RawText!);
                var body = method == HttpMethod.Get ? null : SampleOf(document, method, pattern);
                var names = route.RoutePattern.Parameters.Select(parameter => parameter.Name).ToArray();
                Assert.All(names, name => Assert.True(Ids.ContainsKey(name), $"{pattern}: there is no id to test {name} with"));
                await FindAsync(null, "own", 401);
                var subject = role == Roles.Manager ? "boss" : "ann";
                var may = role.Policies.Contains(PolicyOf(route), StringComparer.Ordinal);
                var isClosed = role.Reach != Reach.All && names.Any(name => Ids[name].Own == Ids[name].Others);
                await FindAsync((role, subject), "own", may ? isClosed ? 404 : null : 403);
                if (may && role.Reach != Reach.All && names.Any(name => Ids[name].Others is not null))
                {
                    await FindAsync((role, subject), "others", 404);
                }

                if (may && names.Any(name => Ids[name].Own != Ids[name].Foreign))
                {
                    await FindAsync((role, subject), "foreign", 404);
                }

                async Task FindAsync((Role Role, string Subject)? who, string whose, int? expected)
                {
                    var status = await SendAsync(method, PathOf(pattern, whose), body, who);
                    // A read that lacks a parameter was let in.
                    var isOdd = status is 401 or 403 or >= 500
                        || (status == 400 && method != HttpMethod.Get && !TakeOtherBodies.Contains(pattern))
                        || (status == 404 && !LackTheirPart.Contains(pattern) && names.All(name => Ids[name].Own != Ids[name].Foreign));
                    if (expected is { } one ? status != one : isOdd)
                    {
                        faults.Add($"{method} {pattern} as {who?.Role.Name ?? "nobody"} on {whose}: {status} not {expected}; {body}");
                    }
                }
            }
        }

        Assert.True(faults is [], string.Join('\n', faults));
    }

    [Fact]
    public void Every_table_of_facts_says_whose_its_rows_are() =>
        Assert.Empty(FactsProjection.AllTables.Except(RowScope.Tables, StringComparer.Ordinal));

    [Fact]
    public void Every_policy_is_granted_by_a_role() => Assert.Empty(
        Policies.All.Except(Roles.All.SelectMany(role => role.Policies), StringComparer.Ordinal));

    [Fact]
    public void An_auditor_has_no_policy_that_writes()
    {
        string[] reads = [.. Roles.Auditor.Policies];
        var writes = Routes().Where(route => MethodOf(route) == HttpMethod.Post && reads.Contains(PolicyOf(route), StringComparer.Ordinal));
        // They calculate and keep nothing.
        Assert.Equal(
            [
                "/v1/assignments/rebalance", "/v1/assignments/recommendations", "/v1/audit/replay", "/v1/audit/verify",
                "/v1/compensation/calculate", "/v1/territories/sizing",
            ],
            writes.Select(route => route.RoutePattern.RawText).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_read_cursor_or_key_of_one_tenant_says_anything_to_another()
    {
        await SeedAsync(
            "mine", "mine-rep", "mine-deal", "mine-lead", "mine-quota", "mine-acc", "mine-prod", "mine-pipe",
            "mine-terr", "mine-model", "mine-templ", "mine-contr");
        await SeedAsync(
            "mine", "mine-rep2", "mine-deal2", "mine-lead2", "mine-quota2", "mine-acc2", "mine-prod2",
            "mine-pipe2", "mine-terr2", "mine-model2", "mine-templ2", "mine-contr2");
        var (mine, theirs) = (All("mine"), All("theirs"));
        var document = (await api.GetAsync("/openapi/v1.json")).Expect(200).Json;
        var (faults, reads, cursors, keys) = (new List<string>(), 0, 0, 0);
        foreach (var route in Routes().Where(route => route.RoutePattern.RawText != "/v1/events/stream"))
        {
            var (method, pattern) = (MethodOf(route), route.RoutePattern.RawText!);
            var path = PathOf(pattern, "own");
            if (method == HttpMethod.Get)
            {
                foreach (var query in (string[])
                    ["", "?from=2025-01-01&to=2027-01-01&period=2026&knownFrom=2026-01-01&knownTo=2026-01-02"])
                {
                    foreach (var format in (string[])["application/json", "text/csv", "application/x-ndjson"])
                    {
                        var read = await api.GetAsync(path + query, theirs, ("Accept", format));
                        reads += read.Status == 200 ? 1 : 0;
                        if (read.Text.Contains("mine-", StringComparison.Ordinal))
                        {
                            faults.Add($"{path}{query} as {format}: {read.Text}");
                        }
                    }
                }

                var page = await api.GetAsync($"{path}?limit=1", mine);
                if (page is { Status: 200 } && page.Headers["Content-Type"].Contains("json", StringComparison.Ordinal)
                    && page["nextCursor"] is { } cursor)
                {
                    cursors++;
                    var foreign = await api.GetAsync($"{path}?limit=1&cursor={Uri.EscapeDataString(cursor)}", theirs);
                    if (foreign is not { Status: 400 } || foreign["code"] != "bad-cursor")
                    {
                        faults.Add($"{path}: a cursor of another tenant gives {foreign.Status} {foreign.Text}");
                    }
                }

                continue;
            }

            // The same key and the same request of another tenant is another request.
            var body = SampleOf(document, method, pattern);
            var key = ("Idempotency-Key", $"one for all {pattern}");
            var first = await WriteAsync(method, path, body, mine, key);
            var second = await WriteAsync(method, path, body, theirs, key);
            keys += first.Status is 200 or 201 ? 1 : 0;
            if (second.Headers.ContainsKey("Idempotent-Replayed") || second["code"] == "idempotency-key-reused")
            {
                faults.Add($"{path}: a key of another tenant counts: {second.Text}");
            }
        }

        Assert.True(faults is [], string.Join('\n', faults));
        Assert.True((reads, cursors, keys) is ( > 40, > 5, > 10), $"{reads} reads, {cursors} cursors and {keys} keys prove little");

        (string, string) All(string tenant) => AccessHost.Bearer(api.TokenOf(
            tenant, "somebody", [.. Roles.All.Where(role => role.Reach == Reach.All).Select(role => role.Name)]));

        Task<ApiAnswer> WriteAsync(HttpMethod method, string path, string body, params (string, string)[] headers) =>
            api.SendAsync(method, path, new StringContent(body, Encoding.UTF8, "application/json"), headers);
    }

    private RouteEndpoint[] Routes() =>
    [
        .. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal)),
    ];

    private static HttpMethod MethodOf(RouteEndpoint route) =>
        new(route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]);

    private static string? PolicyOf(RouteEndpoint route) => route.Metadata.GetMetadata<AuthorizeAttribute>()?.Policy;

    private static string PathOf(string pattern, string whose) => Ids.Aggregate(
        pattern.Replace(":int}", "}", StringComparison.Ordinal), (path, id) => path.Replace(
        $"{{{id.Key}}}",
        whose switch
        {
            "own" => id.Value.Own,
            "others" => id.Value.Others ?? id.Value.Own,
            _ => id.Value.Foreign,
        },
        StringComparison.Ordinal));

    private async Task<int> SendAsync(HttpMethod method, string path, string? body, (Role Role, string Subject)? who)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (who is { } caller)
        {
            var (name, value) = api.As(caller.Role.Name, caller.Subject);
            request.Headers.Add(name, value);
        }

        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var response = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }

    /// <summary>A body with what the document requires.</summary>
    private static string SampleOf(JsonElement document, HttpMethod method, string pattern)
    {
        var operation = document.GetProperty("paths")
            .GetProperty(pattern.Replace(":int}", "}", StringComparison.Ordinal)).GetProperty(method.Method.ToLowerInvariant());
        return operation.TryGetProperty("requestBody", out var body)
            && body.GetProperty("content").TryGetProperty("application/json", out var json)
                ? Sample(json.GetProperty("schema"), string.Empty)!.ToJsonString()
                : "{}";

        JsonNode? Sample(JsonElement schema, string name)
        {
            if (Samples.TryGetValue(name, out var sample))
            {
                return JsonNode.Parse(sample);
            }

            if (schema.TryGetProperty("oneOf", out var either))
            {
                return Sample(either.EnumerateArray().Single(one => one.TryGetProperty("$ref", out _)), name);
            }

            if (schema.TryGetProperty("$ref", out var reference))
            {
                var schemas = document.GetProperty("components").GetProperty("schemas");
                return Sample(schemas.GetProperty(reference.GetString()!.Split('/')[^1]), name);
            }

            if (schema.TryGetProperty("enum", out var names))
            {
                return names[0].GetString();
            }

            if (schema.TryGetProperty("examples", out var examples))
            {
                return examples[0].GetString();
            }

            return (schema.TryGetProperty("type", out var type) ? type.ToString() : "string") switch
            {
                "object" => new JsonObject(Required(schema)),
                "array" => new JsonArray(Sample(schema.GetProperty("items"), string.Empty)),
                "integer" => 1,
                "boolean" => true,
                _ when schema.TryGetProperty("format", out var format) && format.GetString() == "uuid" => Guid.Empty.ToString(),
                _ => "x",
            };
        }

        IEnumerable<KeyValuePair<string, JsonNode?>> Required(JsonElement schema) =>
            schema.TryGetProperty("required", out var members)
                ? [.. members.EnumerateArray().Select(member => KeyValuePair.Create(
                    member.GetString()!,
                    Sample(schema.GetProperty("properties").GetProperty(member.GetString()!), member.GetString()!)))]
                : [];
    }

    private async Task SeedAsync(
        string tenant, string rep, string deal, string lead, string quota, string account, string product, string pipeline,
        string territory, string model, string template, string contract)
    {
        const string since = "\"effectiveAt\":\"2026-01-01\"";
        await Post("/v1/reps", $$"""{"id":"{{rep}}","name":"R",{{since}} }""");
        await Post("/v1/accounts", $$"""{"id":"{{account}}","name":"A",{{since}} }""");
        await Post("/v1/deals", $$"""{"id":"{{deal}}","name":"D","ownerId":"{{rep}}","accountId":"{{account}}",{{since}} }""");
        await Post("/v1/leads", $$"""{"id":"{{lead}}","name":"L","direction":"inbound","ownerId":"{{rep}}",{{since}} }""");
        await Post("/v1/quotas", $$"""
            {"id":"{{quota}}","repId":"{{rep}}","period":"2026","amount":{"amount":"1.00","currency":"EUR"} }
            """);
        await Post("/v1/products", $$"""{"id":"{{product}}","name":"P"}""");
        await Post("/v1/pipelines", $$"""
            {"id":"{{pipeline}}","name":"P","stages":[{"key":"s","name":"S","probability":"0.5"}],{{since}} }
            """);
        await Post("/v1/territories", $$"""
            {"id":"{{territory}}","name":"T","rules":[{"field":"account","op":"in","values":["{{account}}"]}],{{since}} }
            """);
        await Post("/v1/territory-models", $$"""
            {"id":"{{model}}","name":"M",
             "territories":[{"id":"mt","name":"T","rules":[{"field":"country","op":"in","values":["DE"]}]}]}
            """);
        await Post("/v1/contract-templates", $$"""{"id":"{{template}}","name":"T","clauses":[{"key":"price","text":"P"}]}""");
        await Post("/v1/contracts", $$"""
            {"id":"{{contract}}","accountId":"{{account}}","termStart":"2026-01-01","termEnd":"2026-12-31",
             "value":{"amount":"1.00","currency":"EUR"},"autoRenew":true,"noticeDays":30}
            """);

        Task Post(string path, string body) => api.OperateAsync(path, body, tenant);
    }
}
