using Xunit;

namespace SalesOps.Integration.Tests.Http;

public sealed class WriteTests(HttpHost host) : IClassFixture<HttpHost>
{
    private const string Path = "/v1/probes/p1/write";
    private const string Body = """{"name":"x"}""";

    [Theory]
    [InlineData("\"7\"", "7")]
    [InlineData("*", null)]
    [InlineData(null, null)]
    public async Task If_match_names_the_version_that_was_seen(string? tag, string? expected)
    {
        var answer = await host.PostAsync(Path, Body, tag is null ? [] : [("If-Match", tag)]);
        Assert.Equal(("\"7\"", expected), (answer.Headers["ETag"], answer["expected"]));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("W/\"7\"")]
    [InlineData("\"7\", \"8\"")]
    [InlineData("\"07\"")]
    [InlineData("\"-7\"")]
    [InlineData("\"\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("junk")]
    public async Task If_match_of_another_form_is_refused(string tag) =>
        Assert.Equal(["If-Match bad-if-match"], (await host.PostAsync(Path, Body, ("If-Match", tag))).Problem(400, "bad-if-match"));

    [Fact]
    public async Task A_version_that_has_passed_is_412_with_the_current_one()
    {
        var answer = await host.PostAsync(Path, Body, ("If-Match", "\"6\""));
        answer.Problem(412, "version-mismatch");
        Assert.Equal("\"7\"", answer.Headers["ETag"]);
    }

    [Fact]
    public async Task An_idempotency_key_has_1_to_255_printable_characters()
    {
        var longest = new string('k', 255);
        Assert.Equal(longest, (await host.PostAsync(Path, Body, ("Idempotency-Key", longest)))["key"]);
        foreach (var bad in (string[])[longest + "k", "", "a\tb", "\u00e4"])
        {
            var answer = await host.PostAsync(Path, Body, ("Idempotency-Key", bad));
            Assert.Equal(["Idempotency-Key bad-idempotency-key"], answer.Problem(400, "bad-idempotency-key"));
        }
    }

    [Fact]
    public async Task A_key_that_must_be_there_is_asked_for()
    {
        var answer = await host.PostAsync("/v1/probe-imports", Body);
        Assert.Equal(["Idempotency-Key idempotency-key-required"], answer.Problem(400, "idempotency-key-required"));
    }

    [Fact]
    public async Task The_hash_is_the_same_for_a_repeat_only()
    {
        var first = await HashOf(Path, Body);
        Assert.Equal(first, await HashOf(Path, Body));
        Assert.NotEqual(first, await HashOf(Path, """{"name": "x"}"""));
        Assert.NotEqual(first, await HashOf("/v1/probes/p2/write", Body));
        Assert.Equal(64, first?.Length);

        async Task<string?> HashOf(string path, string body) =>
            (await host.PostAsync(path, body, ("Idempotency-Key", "hashed")))["hash"];
    }

    [Fact]
    public async Task A_replayed_answer_says_so_and_is_the_same()
    {
        const string body = """{"name":"replayed","amount":{"amount":"5.00","currency":"EUR"}}""";
        var answer = await host.PostAsync(Path, body, ("Idempotency-Key", "k"));
        Assert.Equal((200, "\"7\"", "true"), (answer.Status, answer.Headers["ETag"], answer.Headers["Idempotent-Replayed"]));
        Assert.Equal("""{"amount":"5.00","currency":"EUR"}""", answer["amount"]);
        Assert.False((await host.PostAsync(Path, Body)).Headers.ContainsKey("Idempotent-Replayed"));
    }

    [Fact]
    public async Task What_was_created_has_a_location()
    {
        var answer = await host.PostAsync(Path, """{"name":"created"}""");
        Assert.Equal((201, "/v1/probes/p1", "\"1\""), (answer.Status, answer.Headers["Location"], answer.Headers["ETag"]));
    }
}
