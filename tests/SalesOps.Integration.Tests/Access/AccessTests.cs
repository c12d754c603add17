using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SalesOps.Api.Cli;
using Xunit;

namespace SalesOps.Integration.Tests.Access;

/// <summary>Tokens, reaches and tenants through the front door.</summary>
public sealed class AccessTests(AccessHost api) : IClassFixture<AccessHost>
{
    [Fact]
    public async Task Only_tokens_of_the_known_key_are_believed_and_only_while_they_last()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        string[] bad =
        [
            TokenCommand.Make(other, "ann", "acme", ["auditor"], now, TimeSpan.FromHours(1)),
            new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Audience = "salesops",
                Claims = new Dictionary<string, object> { ["sub"] = "ann", ["tenant"] = "acme", ["roles"] = "auditor" },
                SigningCredentials = new SigningCredentials(
                    new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('k', 64))), SecurityAlgorithms.HmacSha256),
            }),
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4iLCJ0ZW5hbnQiOiJhY21lIiwicm9sZXMiOiJhdWRpdG9yIiwiYXVkIjoic2FsZXNvcHMifQ.",
            "no token",
            api.As("auditor").Value["Bearer ".Length..] + "x",
        ];
        foreach (var token in bad)
        {
            var refused = await api.GetAsync("/v1/audit/blocks", AccessHost.Bearer(token));
            Assert.Equal(("unauthenticated", "Bearer"), (refused.Expect(401)["code"], refused.Headers["WWW-Authenticate"]));
        }

        (await api.GetAsync("/v1/audit/blocks", api.As("auditor"))).Expect(200);
        (await api.GetAsync("/v1/audit/blocks", api.As("auditor", tenant: ""))).Expect(401);
        (await api.GetAsync("/v1/deals", api.As("gardener"))).Expect(403);
        (await api.GetAsync("/v1/deals", ("X-Actor", "dev"))).Expect(401);
    }

    [Fact]
    public async Task A_rep_sees_own_deals_and_a_manager_those_below_as_of_the_date()
    {
        foreach (var rep in (string[])["chief", "mia", "tom", "sue"])
        {
            await api.OperateAsync("/v1/reps", $$"""{"id":"{{rep}}","name":"{{rep}}","effectiveAt":"2025-01-01"}""");
        }

        await api.OperateAsync("/v1/reps/mia/manager", """{"managerId":"chief","effectiveAt":"2025-01-01"}""");
        await api.OperateAsync("/v1/reps/tom/manager", """{"managerId":"mia","effectiveAt":"2025-01-01"}""");
        foreach (var rep in (string[])["mia", "tom", "sue"])
        {
            await api.OperateAsync("/v1/deals", $$$"""
                {"id":"w-{{{rep}}}","name":"D","ownerId":"{{{rep}}}","amount":{"amount":"10.00","currency":"EUR"},
                 "effectiveAt":"2025-02-01"}
                """);
        }

        // Tom leaves mia's team in June.
        var head = await api.OperateAsync("/v1/reps/tom/manager", """{"managerId":"sue","effectiveAt":"2025-06-01"}""");
        string at = $"minPosition={head["position"]}";

        Assert.Equal("w-tom", await DealsAsync("rep", "tom", at));
        Assert.Equal("w-mia", await DealsAsync("manager", "mia", at));
        Assert.Equal("w-mia w-tom", await DealsAsync("manager", "mia", at + "&asOf=2025-03-01"));
        Assert.Equal("w-mia w-tom", await DealsAsync("manager", "chief", at + "&asOf=2025-03-01"));
        Assert.Equal("w-sue w-tom", await DealsAsync("manager", "sue", at));
        Assert.Equal("w-mia w-sue w-tom", await DealsAsync("finance", "eve", at));
        Assert.Equal("1", (await api.GetAsync($"/v1/pipeline?{at}", api.As("rep", "tom"))).Expect(200)["totals.deals"]);
        Assert.Equal("2", (await api.GetAsync($"/v1/pipeline?{at}", api.As("manager", "sue"))).Expect(200)["totals.deals"]);

        var series = $"/v1/pipeline/snapshots?from=2025-07-01&to=2025-07-02&{at}";
        Assert.Equal("1", (await api.GetAsync(series, api.As("rep", "tom"))).Expect(200)["items.0.totals.deals"]);
        Assert.Equal("2", (await api.GetAsync(series, api.As("manager", "sue"))).Expect(200)["items.0.totals.deals"]);

        (await api.GetAsync("/v1/deals/w-tom", api.As("manager", "mia"))).Expect(404);
        (await api.GetAsync("/v1/deals/w-tom?asOf=2025-03-01", api.As("manager", "mia"))).Expect(200);
        (await api.PostAsync("/v1/deals/w-tom/stage", """{"stage":"proposal"}""", api.As("manager", "mia"))).Expect(404);
        (await api.PostAsync("/v1/deals/w-tom/stage", """{"stage":"proposal"}""", api.As("manager", "sue"))).Expect(200);
        (await api.PostAsync("/v1/deals/w-tom/owner", """{"ownerId":"mia"}""", api.As("rep", "tom"))).Expect(404);
        (await api.PostAsync("/v1/deals", """{"name":"D","ownerId":"mia"}""", api.As("rep", "tom"))).Expect(404);
        (await api.PostAsync("/v1/deals/w-tom/owner", """{"ownerId":"sue"}""", api.As("manager", "sue"))).Expect(200);
        (await api.GetAsync("/v1/deals/w-tom", api.As("rep", "tom"))).Expect(404);
    }

    [Fact]
    public async Task A_model_that_is_replayed_knows_only_the_deals_that_the_caller_sees()
    {
        foreach (var rep in (string[])["ruth", "paul"])
        {
            await api.OperateAsync("/v1/reps", $$"""{"id":"{{rep}}","name":"{{rep}}","effectiveAt":"2025-01-01"}""");
        }

        var today = (await api.GetAsync("/v1/pipeline", api.As("finance"))).Expect(200)["asOf.validAt"]![..10];
        foreach (var (rep, amount) in new[] { ("ruth", "100"), ("paul", "1000") })
        {
            await api.OperateAsync("/v1/deals", $$$"""
                {"id":"replay-{{{rep}}}","name":"D","ownerId":"{{{rep}}}","stage":"negotiation","expectedClose":"{{{today[..4]}}}-12-31",
                 "amount":{"amount":"{{{amount}}}","currency":"CHF"},"effectiveAt":"2025-02-01"}
                """);
        }

        var path = $"/v1/forecasts/backtest?from={today}&to=2999-12-31&step=quarter&period=year";
        foreach (var clock in (string[])["source", "recorded"])
        {
            Assert.Equal("75.00", await ForecastAsync(clock, "rep", "ruth"));
            Assert.Equal("825.00", await ForecastAsync(clock, "finance", "eve"));
        }

        async Task<string?> ForecastAsync(string clock, string role, string subject) =>
            (await api.GetAsync($"{path}&knowledge={clock}", api.As(role, subject))).Expect(200)["items.0.forecast.amount"];
    }

    [Fact]
    public async Task Nothing_crosses_tenants()
    {
        var position = "0";
        foreach (var id in (string[])["n1", "n2", "n3"])
        {
            position = (await api.OperateAsync("/v1/deals", $$"""{"id":"{{id}}","name":"Secret"}"""))["position"];
        }

        var acme = api.As("auditor");
        var other = api.As("auditor", tenant: AccessHost.Other);
        foreach (var path in (string[])[$"/v1/deals?limit=1&minPosition={position}", "/v1/audit/events?limit=1"])
        {
            var cursor = (await api.GetAsync(path, acme)).Expect(200)["nextCursor"];
            Assert.Equal("bad-cursor", (await api.GetAsync($"{path}&cursor={cursor}", other)).Expect(400)["code"]);
        }

        var export = await api.GetAsync("/v1/audit/events", other, ("Accept", "application/x-ndjson"));
        Assert.DoesNotContain("Secret", export.Expect(200).Text, StringComparison.Ordinal);
        (await api.GetAsync("/v1/audit/bundle?stream=deal/n1", other)).Expect(404);
        (await api.GetAsync("/v1/deals/n1", other)).Expect(404);
        (await api.GetAsync("/v1/deals/n1/history", other)).Expect(404);
        Assert.Equal("0", (await api.PostAsync("/v1/audit/verify", "{}", other)).Expect(200)["events"]);

        // The same key and request of another tenant is another request.
        const string body = """{"id":"k1","name":"Key"}""";
        (await api.PostAsync("/v1/deals", body, api.As("salesOperations"), ("Idempotency-Key", "k"))).Expect(201);
        var theirs = await api.PostAsync("/v1/deals", body, api.As("salesOperations", tenant: AccessHost.Other), ("Idempotency-Key", "k"));
        Assert.False(theirs.Expect(201).Headers.ContainsKey("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_live_stream_shows_what_its_client_may_see()
    {
        await api.OperateAsync("/v1/reps", """{"id":"liv","name":"L"}""");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/events/stream", UriKind.Relative));
        var (name, value) = api.As("rep", "liv");
        request.Headers.Add(name, value);
        request.Headers.Add("Last-Event-ID", "0");
        using var response = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await api.OperateAsync("/v1/deals", """{"id":"live-1","name":"Hidden","ownerId":"nobody"}""");
        await api.OperateAsync("/v1/deals", """{"id":"live-1","name":"Hidden"}""", AccessHost.Other);
        await api.OperateAsync("/v1/deals", """{"id":"live-2","name":"Shown","ownerId":"liv"}""");

        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await lines.ReadLineAsync(limit.Token) is { } line && !line.Contains("Shown", StringComparison.Ordinal))
        {
            Assert.DoesNotContain("Hidden", line, StringComparison.Ordinal);
        }
    }

    private async Task<string> DealsAsync(string role, string subject, string query)
    {
        var deals = (await api.GetAsync($"/v1/deals?{query}", api.As(role, subject))).Expect(200);
        return string.Join(' ', deals.Json.GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("id").GetString()!).Where(id => id.StartsWith("w-", StringComparison.Ordinal)));
    }
}
