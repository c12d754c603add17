using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Deals;

/// <summary>The lists of the API: filtered, paged, and at two times.</summary>
public sealed class ListTests(ListTests.Company api) : IClassFixture<ListTests.Company>
{
    [Theory]
    [InlineData("", "d1 d2 d3 d4")]
    [InlineData("status=open", "d1 d2")]
    [InlineData("status=won,lost", "d3 d4")]
    [InlineData("ownerId=ada", "d1 d3")]
    [InlineData("ownerId=ada,bo&status=open", "d1 d2")]
    [InlineData("accountId=acme", "d2")]
    [InlineData("stage=proposal", "d2")]
    [InlineData("closeFrom=2026-03-01&closeTo=2026-04-01", "d1 d3")]
    [InlineData("asOf=2026-03-01&status=open", "d1 d2 d3 d4")]
    [InlineData("asOf=2025-12-31", "")]
    public async Task Deals_are_filtered(string filter, string expected)
    {
        var deals = await api.CaughtUpAsync($"/v1/deals?{filter}");
        Assert.Equal(expected, Ids(deals));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page()
    {
        var first = await api.CaughtUpAsync("/v1/deals?limit=3");
        Assert.Equal("d1 d2 d3", Ids(first));
        var last = await api.CaughtUpAsync($"/v1/deals?limit=3&cursor={first["nextCursor"]}");
        Assert.Equal("d4", Ids(last));
        Assert.Null(last["nextCursor"]);
        var foreign = await api.GetAsync($"/v1/deals?status=open&cursor={first["nextCursor"]}");
        Assert.Equal("bad-cursor", foreign.Expect(400)["code"]);
    }

    [Theory]
    [InlineData("/v1/reps", "ada bo")]
    [InlineData("/v1/accounts", "acme")]
    [InlineData("/v1/products", "scanner")]
    [InlineData("/v1/pipelines", "default renewals")]
    public async Task Every_catalogue_has_its_list(string path, string expected)
    {
        Assert.Equal(expected, Ids(await api.CaughtUpAsync(path)));
        var first = await api.CaughtUpAsync($"{path}?limit=1");
        Assert.Equal(expected.Split(' ')[0], Ids(first));
    }

    private static string Ids(ApiAnswer answer) => string.Join(
        ' ', answer.Expect(200).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));

    /// <summary>Two reps with two deals each.</summary>
    public sealed class Company : ApiHost, IAsyncLifetime
    {
        private string position = "0";

        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await DoAsync("reps", """{"id":"ada","name":"Ada","effectiveAt":"2026-01-01"}""");
            await DoAsync("reps", """{"id":"bo","name":"Bo","effectiveAt":"2026-01-01"}""");
            await DoAsync("accounts", """{"id":"acme","name":"Acme","effectiveAt":"2026-01-01"}""");
            await DoAsync("products", """{"id":"scanner","name":"Scanner","effectiveAt":"2026-01-01"}""");
            await DoAsync("pipelines", """{"id":"renewals","name":"Renewals","stages":[{"key":"notice","name":"Notice"}]}""");
            await DoAsync("deals", Deal("d1", "ada", "\"expectedClose\":\"2026-03-31\""));
            await DoAsync("deals", Deal("d2", "bo", "\"accountId\":\"acme\",\"stage\":\"proposal\""));
            await DoAsync("deals", Deal("d3", "ada", "\"expectedClose\":\"2026-09-30\""));
            await DoAsync("deals", Deal("d4", "bo", "\"expectedClose\":\"2026-03-31\""));
            await DoAsync("deals/d3/win", """{"closedOn":"2026-03-02"}""");
            await DoAsync("deals/d4/lose", """{"closedOn":"2026-04-01","reason":"price"}""");
        }

        /// <summary>Reads when all of it is to be seen.</summary>
        public Task<ApiAnswer> CaughtUpAsync(string path) =>
            GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}minPosition={position}");

        private static string Deal(string id, string owner, string more) =>
            $$"""{"id":"{{id}}","name":"Deal","ownerId":"{{owner}}","effectiveAt":"2026-01-01",{{more}}}""";

        private async Task DoAsync(string path, string body)
        {
            var done = await PostAsync($"/v1/{path}", body);
            Assert.True(done.Status is 200 or 201, done.Text);
            position = done["position"]!;
        }
    }
}
