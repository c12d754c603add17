using Xunit;

namespace SalesOps.Integration.Tests.Http;

public sealed class RequestTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Theory]
    [InlineData("GET", "/v1/nothing-here", 404, "route-not-found")]
    [InlineData("GET", "/nothing", 404, "route-not-found")]
    [InlineData("DELETE", "/v1/probes/p1", 405, "method-not-allowed")]
    [InlineData("POST", "/v1/probes/p1", 405, "method-not-allowed")]
    public async Task What_is_not_served_is_a_problem(string method, string path, int status, string code) =>
        (await host.SendAsync(new HttpMethod(method), path)).Problem(status, code);

    [Theory]
    [InlineData("bug", 500, "internal-error")]
    [InlineData("constraint", 500, "internal-error")]
    [InlineData("database", 503, "unavailable")]
    [InlineData("slow", 503, "too-slow")]
    [InlineData("idle", 503, "unavailable")]
    [InlineData("behind", 503, "not-caught-up")]
    [InlineData("7", 404, "deal-not-found")]
    public async Task What_fails_inside_says_nothing_of_the_inside(string how, int status, string code)
    {
        var answer = await host.GetAsync("/v1/probe-failures?how=" + how);
        answer.Problem(status, code);
        Assert.Equal(status == 503, answer.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task A_rejection_keeps_its_pointer()
    {
        var answer = await host.GetAsync("/v1/probe-failures?how=rejected");
        Assert.Equal(["/stage stage-unknown"], answer.Problem(422, "stage-unknown"));
    }

    [Theory]
    [InlineData("p1", true)]
    [InlineData("A-1_b.c~d", true)]
    [InlineData("a%20b", false)]
    [InlineData("a%2Fb", false)]
    [InlineData("a'b", false)]
    [InlineData("%C3%A4", false)]
    [InlineData("%F0%9F%98%80", false)]
    public async Task An_id_in_the_path_has_the_form_of_ids(string id, bool isGood)
    {
        var answer = await host.GetAsync("/v1/probes/" + id);
        if (isGood)
        {
            Assert.Equal(200, answer.Status);
        }
        else
        {
            Assert.Equal(["probeId bad-id"], answer.Problem(400, "bad-id"));
        }
    }

    [Fact]
    public async Task An_id_has_64_characters_at_most()
    {
        Assert.Equal(200, (await host.GetAsync("/v1/probes/" + new string('x', 64))).Status);
        (await host.GetAsync("/v1/probes/" + new string('x', 65))).Problem(400, "bad-id");
    }

    [Theory]
    [InlineData("?bogus=1", "bogus unknown-parameter")]
    [InlineData("?asof=2026-01-01", "asof unknown-parameter")]
    [InlineData("?probeId=p1", "probeId unknown-parameter")]
    [InlineData("?asOf=2026-01-01&asOf=2026-01-02", "asOf bad-parameter")]
    [InlineData("?asOf=", "asOf bad-parameter")]
    [InlineData("?asOf=2026-13-01", "asOf bad-parameter")]
    [InlineData("?asOf=2026-01-01T00:00:00", "asOf bad-parameter")]
    [InlineData("?asOf=2026-01-01T00:00:00.0000001Z", "asOf bad-parameter")]
    [InlineData("?asOf=2026-01-01T00:00:00+02:00", "asOf bad-parameter")]
    [InlineData("?asOf=today", "asOf bad-parameter")]
    [InlineData("?knownAt=1767225600", "knownAt bad-parameter")]
    [InlineData("?minPosition=-1x", "minPosition bad-parameter")]
    [InlineData("?minPosition=99999999999999999999", "minPosition bad-parameter")]
    [InlineData("?from=01.02.2026", "from bad-parameter")]
    [InlineData("?status=open,,won", "status bad-parameter")]
    [InlineData("?kind=Revenue", "kind bad-parameter")]
    [InlineData("?kind=0", "kind bad-parameter")]
    [InlineData("?kinds=revenue,bogus", "kinds bad-parameter")]
    [InlineData("?flag=1", "flag bad-parameter")]
    [InlineData("?count=1.5", "count bad-parameter")]
    [InlineData("?text=a%00b", "text bad-text")]
    public async Task A_bad_query_parameter_is_named(string query, string error)
    {
        var answer = await host.GetAsync("/v1/probes/p1" + query);
        Assert.Equal([error], answer.Problem(400, error.Split(' ')[1]));
    }

    [Fact]
    public async Task A_missing_parameter_is_named() =>
        Assert.Equal(["how missing-parameter"], (await host.GetAsync("/v1/probe-failures")).Problem(400, "missing-parameter"));

    [Fact]
    public async Task A_good_query_is_taken()
    {
        var answer = await host.GetAsync(
            "/v1/probes/p1?asOf=2026-01-31T12:00:00%2B02:00&knownAt=2026-02-01T00:00:00.000001Z&minPosition=7" +
            "&from=2026-01-01&to=2026-02-01&status=open,won&kind=overlayShare" +
            "&kinds=revenue,overlayShare&on=2026-01-01&text=a%20b&flag=true&count=3");
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(
            """{"validAt":"2026-01-31T10:00:00Z","knownAt":"2026-02-01T00:00:00.000001Z","position":70}""", answer["asOf"]);
        Assert.Equal("""["open","won"]""", answer["status"]);
        Assert.Equal(("overlayShare", """["revenue","overlayShare"]"""), (answer["kind"], answer["kinds"]));
        Assert.Equal(("2026-01-01", "2026-02-01", "7"), (answer["from"], answer["to"], answer["minPosition"]));
    }

    [Theory]
    [InlineData("", "2026-03-31T23:59:59.999999Z")]
    [InlineData("?asOf=2026-03-31", "2026-03-31T23:59:59.999999Z")]
    [InlineData("?asOf=2030-01-01", "2030-01-01T23:59:59.999999Z")]
    [InlineData("?asOf=2026-03-31T00:00:00Z", "2026-03-31T00:00:00Z")]
    public async Task As_of_a_date_is_its_end_and_as_of_nothing_is_the_end_of_today(string query, string validAt)
    {
        var answer = await host.GetAsync("/v1/probes/p1" + query);
        Assert.Equal(validAt, answer.Json.GetProperty("asOf").GetProperty("validAt").GetString());
        Assert.False(answer.Json.GetProperty("asOf").TryGetProperty("knownAt", out _));
    }

    [Theory]
    [InlineData("knownAt=2026-03-31T09:30:00.000001Z", "knownAt known-at-in-future")]
    [InlineData("knownAt=2026-03-31", "knownAt known-at-in-future")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from range-reversed")]
    public async Task What_can_be_read_but_makes_no_sense_is_422(string query, string error) =>
        Assert.Equal([error], (await host.GetAsync("/v1/probes/p1?" + query)).Problem(422, error.Split(' ')[1]));

    [Theory]
    [InlineData("knownAt=2026-03-31T09:30:00Z")]
    [InlineData("knownAt=2026-03-30")]
    [InlineData("from=2026-02-01&to=2026-02-01")]
    public async Task What_just_makes_sense_is_taken(string query) =>
        Assert.Equal(200, (await host.GetAsync("/v1/probes/p1?" + query)).Status);

    [Theory]
    [InlineData(null, "dev")]
    [InlineData("ann", "ann")]
    [InlineData("Zoë (sales)", "Zoë (sales)")]
    public async Task The_actor_is_who_the_header_says(string? actor, string expected)
    {
        var answer = await host.PostAsync(
            "/v1/probes/p1/write", """{"name":"x"}""", actor is null ? [] : [("X-Actor", actor)]);
        Assert.Equal((expected, "*DEFAULT*"), (answer["actor"], answer["tenant"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    public async Task A_bad_actor_is_refused(string actor) =>
        Assert.Equal(["X-Actor bad-actor"], (await host.GetAsync("/v1/probes/p1", ("X-Actor", actor))).Problem(400, "bad-actor"));

    [Fact]
    public async Task An_actor_of_129_characters_is_refused_and_one_of_128_is_taken()
    {
        (await host.GetAsync("/v1/probes/p1", ("X-Actor", new string('a', 129)))).Problem(400, "bad-actor");
        Assert.Equal(200, (await host.GetAsync("/v1/probes/p1", ("X-Actor", new string('a', 128)))).Status);
    }

    [Fact]
    public async Task Development_mode_answers_its_own_machine_only()
    {
        (await host.GetAsync("/v1/probes/p1", (HttpHost.RemoteAddressHeader, "192.0.2.1"))).Problem(401, "unauthenticated");
        Assert.Equal(200, (await host.GetAsync("/v1/probes/p1", (HttpHost.RemoteAddressHeader, "::1"))).Status);
    }

    [Fact]
    public async Task What_the_policy_refuses_is_403() =>
        (await host.GetAsync("/v1/probe-forbidden")).Problem(403, "forbidden");

    [Theory]
    [InlineData("*/*", true)]
    [InlineData("application/*", true)]
    [InlineData("application/json", true)]
    [InlineData("text/html, */*;q=0.1", true)]
    [InlineData("text/csv", false)]
    [InlineData("text/html", false)]
    [InlineData("application/json;q=0", false)]
    [InlineData("nonsense", false)]
    public async Task An_answer_in_another_format_is_406(string accept, bool isGood)
    {
        var answer = await host.GetAsync("/v1/probes/p1", ("Accept", accept));
        if (isGood)
        {
            Assert.Equal(200, answer.Status);
        }
        else
        {
            answer.Problem(406, "not-acceptable");
        }
    }

    [Fact]
    public async Task Every_request_leaves_one_line_without_its_payload()
    {
        host.RequestLines.Clear();
        await host.PostAsync("/v1/probes/p9/write", """{"name":"Confidential"}""", ("X-Actor", "ann"));
        await host.GetAsync("/nowhere");
        await host.GetAsync("/v1/probe-failures?how=bug");
        while (host.RequestLines.Count < 3)
        {
            await Task.Delay(10);
        }

        var lines = host.RequestLines.ToArray();
        Assert.Matches(
            @"^POST /v1/probes/\{probeId\}/write 200 in [\d.]+ ms by ann, probe/p9 version 7 position 70, \S+$", lines[0]);
        Assert.Matches("^GET none 404 in ", lines[1]);
        Assert.Matches("^GET /v1/probe-failures 500 in ", lines[2]);
        Assert.DoesNotContain(lines, line => line.Contains("Confidential", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_are_neither_sniffed_nor_cached()
    {
        var answer = await host.GetAsync("/v1/probes/p1");
        Assert.Equal(("nosniff", "no-store"), (answer.Headers["X-Content-Type-Options"], answer.Headers["Cache-Control"]));
    }
}
