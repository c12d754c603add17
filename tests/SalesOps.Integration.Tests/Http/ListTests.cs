using Xunit;

namespace SalesOps.Integration.Tests.Http;

public sealed class ListTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Fact]
    public async Task Pages_together_are_the_list()
    {
        var seen = new List<int>();
        var sizes = new List<int>();
        string? cursor = null;
        do
        {
            var page = await host.GetAsync("/v1/probes" + (cursor is null ? "" : "?cursor=" + cursor));
            var items = page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetInt32()).ToArray();
            seen.AddRange(items);
            sizes.Add(items.Length);
            cursor = page["nextCursor"];
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(1, 120), seen);
        Assert.Equal([50, 50, 20], sizes);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("200", 120)]
    [InlineData("0", null)]
    [InlineData("201", null)]
    [InlineData("-1", null)]
    [InlineData("x", null)]
    public async Task The_limit_lies_between_1_and_200(string limit, int? items)
    {
        var answer = await host.GetAsync("/v1/probes?limit=" + limit);
        if (items is null)
        {
            Assert.Equal(["limit bad-parameter"], answer.Problem(400, "bad-parameter"));
        }
        else
        {
            Assert.Equal(items, answer.Json.GetProperty("items").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_cursor_that_was_changed_made_up_or_given_elsewhere_is_refused()
    {
        var cursor = (await host.GetAsync("/v1/probes?status=open"))["nextCursor"]!;
        Assert.Equal(200, (await host.GetAsync("/v1/probes?status=open&limit=7&cursor=" + cursor)).Status);

        var changed = cursor[..^2] + (cursor[^2] == 'A' ? 'B' : 'A') + cursor[^1];
        string[] bad =
        [
            "?status=open&cursor=" + changed,
            "?status=won&cursor=" + cursor,
            "?cursor=" + cursor,
            "?status=open&cursor=" + cursor[..10],
            "?status=open&cursor=%20!",
            "?status=open&cursor=AAAA",
        ];
        foreach (var query in bad)
        {
            Assert.Equal(["cursor bad-cursor"], (await host.GetAsync("/v1/probes" + query)).Problem(400, "bad-cursor"));
        }
    }
}
