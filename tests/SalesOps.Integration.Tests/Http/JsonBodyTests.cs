using System.Net.Http.Headers;
using Xunit;

namespace SalesOps.Integration.Tests.Http;

public sealed class JsonBodyTests(HttpHost host) : IClassFixture<HttpHost>
{
    private const string Path = "/v1/probes/p1/write";

    [Theory]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"name":"x","amount":null,"lines":null}""")]
    [InlineData("""{"name":"x","lines":[{"productId":"p"},{"productId":"q","quantity":2}]}""")]
    [InlineData("""{"name":"x","amount":{"currency":"USD","amount":"-0.5"},"kind":"overlayShare","count":-3,"flag":true}""")]
    [InlineData("""{"name":"😀 \ud83d\ude00","data":{"any":["thing",1,null]}}""")]
    [InlineData("""{"name":"x","accountId":"A-1~x.y_z","eventId":"01890a5d-ac96-774b-bcce-b302099a8057","rate":"0.0725"}""")]
    public async Task A_good_body_is_taken(string body)
    {
        var answer = await host.PostAsync(Path, body);
        Assert.True(answer.Status == 200, answer.Text);
    }

    [Theory]
    // Malformed.
    [InlineData("", "malformed-json", "")]
    [InlineData("{", "malformed-json", "")]
    [InlineData("{\"name\":\"x\"} {}", "malformed-json", "")]
    [InlineData("{\"name\":\"x\",}", "malformed-json", "")]
    [InlineData("{'name':'x'}", "malformed-json", "")]
    [InlineData("{\"name\":\"x\" /* so */}", "malformed-json", "")]
    [InlineData("{\"name\":\"x\u0000y\"}", "malformed-json", "")]
    // Of another shape.
    [InlineData("null", "null", "")]
    [InlineData("[]", "wrong-type", "")]
    [InlineData("\"x\"", "wrong-type", "")]
    [InlineData("{}", "missing-member", "/name")]
    [InlineData("""{"name":null}""", "null", "/name")]
    [InlineData("""{"name":5}""", "wrong-type", "/name")]
    [InlineData("""{"name":"x","bogus":1}""", "unknown-member", "/bogus")]
    [InlineData("""{"name":"x","a/b~c":1}""", "unknown-member", "/a~1b~0c")]
    [InlineData("""{"Name":"x","name":"x"}""", "unknown-member", "/Name")]
    [InlineData("""{"name":"x","name":"y"}""", "duplicate-member", "/name")]
    [InlineData("""{"name":"x","data":{"a":{"b":1,"b":2}}}""", "duplicate-member", "/data/a/b")]
    [InlineData("""{"name":"x","lines":{}}""", "wrong-type", "/lines")]
    [InlineData("""{"name":"x","lines":[{"productId":"p"},null]}""", "null", "/lines/1")]
    [InlineData("""{"name":"x","lines":[{"productId":"p"},{}]}""", "missing-member", "/lines/1/productId")]
    [InlineData("""{"name":"x","lines":[{"productId":"p","quantity":null}]}""", "null", "/lines/0/quantity")]
    [InlineData("""{"name":"x","lines":[{"productId":"p","quantity":"2"}]}""", "wrong-type", "/lines/0/quantity")]
    [InlineData("""{"name":"x","lines":[{"productId":"p","quantity":2.5}]}""", "bad-value", "/lines/0/quantity")]
    [InlineData("""{"name":"x","count":99999999999}""", "bad-value", "/count")]
    [InlineData("""{"name":"x","flag":"true"}""", "wrong-type", "/flag")]
    [InlineData("""{"name":"x","kind":"Revenue"}""", "bad-value", "/kind")]
    [InlineData("""{"name":"x","kind":0}""", "wrong-type", "/kind")]
    [InlineData("""{"name":"x","eventId":"1"}""", "bad-value", "/eventId")]
    [InlineData("""{"name":"x","accountId":"a b"}""", "bad-value", "/accountId")]
    [InlineData("""{"name":"x","accountId":7}""", "wrong-type", "/accountId")]
    // Money.
    [InlineData("""{"name":"x","amount":12.5}""", "wrong-type", "/amount")]
    [InlineData("""{"name":"x","amount":"12.50"}""", "bad-value", "/amount")]
    [InlineData("""{"name":"x","amount":{"amount":12.5,"currency":"USD"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":"12.5"}}""", "bad-value", "/amount/currency")]
    [InlineData("""{"name":"x","amount":{"amount":"1","currency":"USD","x":1}}""", "bad-value", "/amount/x")]
    [InlineData("""{"name":"x","amount":{"amount":"1","currency":"XYZ"}}""", "bad-value", "/amount/currency")]
    [InlineData("""{"name":"x","amount":{"amount":"1","currency":"usd"}}""", "bad-value", "/amount/currency")]
    [InlineData("""{"name":"x","amount":{"amount":"12.505","currency":"USD"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":"12.5","currency":"JPY"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":"1e3","currency":"USD"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":"1,000","currency":"USD"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":"+1","currency":"USD"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":" 1","currency":"USD"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":"","currency":"USD"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":"1.","currency":"USD"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":"01","currency":"USD"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":"1000000000000000","currency":"USD"}}""", "bad-value", "/amount/amount")]
    [InlineData("""{"name":"x","amount":{"amount":"1","amount":"2","currency":"USD"}}""", "duplicate-member", "/amount/amount")]
    // Ratios, dates and instants.
    [InlineData("""{"name":"x","rate":0.5}""", "wrong-type", "/rate")]
    [InlineData("""{"name":"x","rate":"0.1234567"}""", "bad-value", "/rate")]
    [InlineData("""{"name":"x","on":"2026-02-30"}""", "bad-value", "/on")]
    [InlineData("""{"name":"x","on":"31.03.2026"}""", "bad-value", "/on")]
    [InlineData("""{"name":"x","on":"0001-01-01"}""", "bad-value", "/on")]
    [InlineData("""{"name":"x","at":"2026-03-31T09:30:00"}""", "bad-value", "/at")]
    [InlineData("""{"name":"x","at":"2026-03-31T09:30:00.1234567Z"}""", "bad-value", "/at")]
    [InlineData("""{"name":"x","at":"2026-03-31T25:30:00Z"}""", "bad-value", "/at")]
    [InlineData("""{"name":"x","at":"2026-03-31"}""", "bad-value", "/at")]
    [InlineData("""{"name":"x","effectiveAt":"yesterday"}""", "bad-value", "/effectiveAt")]
    [InlineData("""{"name":"x","effectiveAt":"2026-03-31T09:30"}""", "bad-value", "/effectiveAt")]
    // Text that PostgreSQL cannot keep.
    [InlineData("""{"name":"a\u0000b"}""", "bad-text", "/name")]
    [InlineData("""{"name":"\ud800"}""", "bad-text", "/name")]
    [InlineData("""{"name":"x","lines":[{"productId":"\udc00 \ud83d\ude00"}]}""", "bad-text", "/lines/0/productId")]
    [InlineData("""{"name":"x","data":{"deep":["\u0000"]}}""", "bad-text", "/data/deep/0")]
    [InlineData("""{"name":"x","data":{"a\u0000":1}}""", "bad-text", "/data")]
    public async Task A_bad_body_is_refused_with_a_pointer(string body, string code, string pointer)
    {
        var answer = await host.PostAsync(Path, body);
        Assert.Equal([$"{pointer} {code}"], answer.Problem(400, code));
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var answer = await host.PostAsync(Path, """{"bogus":1,"amount":{"amount":5,"currency":"USD"},"lines":[3]}""");
        Assert.Equal(
            ["/bogus unknown-member", "/amount/amount bad-value", "/lines/0 wrong-type", "/name missing-member"],
            answer.Problem(400, "unknown-member"));
    }

    [Fact]
    public async Task Malformed_json_says_where() =>
        Assert.Contains("line 2, byte 8", (await host.PostAsync(Path, "{\n\"name\":x}"))["detail"], StringComparison.Ordinal);

    [Fact]
    public async Task Bytes_that_are_not_utf_8_are_refused()
    {
        var answer = await Post([.. "{\"name\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8], "application/json");
        Assert.Equal(["/name bad-text"], answer.Problem(400, "bad-text"));
    }

    [Fact]
    public async Task What_was_read_is_what_was_written()
    {
        var answer = await host.PostAsync(
            Path,
            """
            {"name":"x","amount":{"amount":"12.5","currency":"USD"},"rate":"0.50","kind":"overlayShare",
             "at":"2026-03-31T11:30:00.25+02:00","effectiveAt":"2026-01-15"}
            """);
        Assert.Equal("""{"amount":"12.50","currency":"USD"}""", answer["amount"]);
        Assert.Equal("0.5", answer["rate"]);
        Assert.Equal("overlayShare", answer["kind"]);
        Assert.Equal("2026-03-31T09:30:00.25Z", answer["at"]);
        Assert.Equal("2026-01-15T00:00:00Z", answer["effectiveAt"]);
        Assert.Null(answer["key"]);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=latin1")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_refused(string? type)
    {
        var answer = await Post("""{"name":"x"}"""u8.ToArray(), type);
        answer.Problem(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/merge-patch+json")]
    public async Task Json_by_another_name_is_json(string type)
    {
        var answer = await Post("""{"name":"x"}"""u8.ToArray(), type);
        Assert.True(answer.Status is 200 or 415, answer.Text);
    }

    [Fact]
    public async Task A_body_may_have_a_mebibyte_and_not_a_byte_more()
    {
        var body = $$"""{"name":"{{new string('x', (1024 * 1024) - 11)}}"}""";
        Assert.Equal(200, (await host.PostAsync(Path, body)).Status);
        (await host.PostAsync(Path, body + " ")).Problem(413, "too-large");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fifty_megabytes_are_refused_except_where_they_are_allowed(bool chunked)
    {
        (await Large(Path)).Problem(413, "too-large");
        var allowed = await Large("/v1/probe-imports", ("Idempotency-Key", "k"));
        Assert.Equal((200, "52428800"), (allowed.Status, allowed["bytes"]));

        Task<HttpAnswer> Large(string path, params (string, string)[] headers)
        {
            var content = new ByteArrayContent(new byte[50 * 1024 * 1024]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return host.SendAsync(
                HttpMethod.Post, path, content, chunked ? [.. headers, ("Transfer-Encoding", "chunked")] : headers);
        }
    }

    private Task<HttpAnswer> Post(byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return host.SendAsync(HttpMethod.Post, Path, content);
    }
}
