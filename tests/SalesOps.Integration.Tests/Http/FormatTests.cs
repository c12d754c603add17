using Xunit;

namespace SalesOps.Integration.Tests.Http;

public sealed class FormatTests(HttpHost host) : IClassFixture<HttpHost>
{
    private const string Path = "/v1/probe-rows";

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/*", "text/csv")]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("application/json;q=0.5, text/csv", "text/csv")]
    [InlineData("text/csv;q=0.5, application/json", "application/json")]
    public async Task The_format_is_the_one_preferred(string? accept, string type)
    {
        var answer = await host.GetAsync(Path, accept is null ? [] : [("Accept", accept)]);
        Assert.StartsWith(type, answer.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_guards_text_but_no_numbers_and_quotes_what_needs_it()
    {
        var answer = await host.GetAsync(Path, ("Accept", "text/csv"));
        Assert.Equal(
            "name,amount,rate,on\r\n'=SUM(A1),-12.50,-0.5,2026-03-31\r\n\"a \"\"b\"\", c\nd\",7,,\r\n", answer.Text);
    }

    [Fact]
    public async Task Ndjson_has_a_document_a_line()
    {
        var answer = await host.GetAsync(Path, ("Accept", "application/x-ndjson"));
        Assert.Equal(
            """{"name":"=SUM(A1)","amount":{"amount":"-12.50","currency":"USD"},"rate":"-0.5","on":"2026-03-31"}""",
            answer.Text.Split('\n')[0]);
        Assert.Equal(3, answer.Text.Split('\n').Length);
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/x-ndjson")]
    public async Task A_stream_that_breaks_is_seen_to_break(string accept) =>
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.GetAsync(Path + "?breaks=true", ("Accept", accept)));
}
