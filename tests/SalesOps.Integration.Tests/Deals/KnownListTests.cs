using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Deals;

/// <summary>A list asked for by an earlier knowledge does not know what came later.</summary>
public sealed class KnownListTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_list_is_as_it_was_known()
    {
        var before = await OpenAndListAsync("early");
        Assert.Equal("1", before["asOf.position"]);
        var after = await OpenAndListAsync("late");
        Assert.Equal(("early", "late"), (after["items.0.id"], after["items.1.id"]));
        var again = await api.GetAsync($"/v1/deals?asOf={before["asOf.validAt"]}&knownAt={before["asOf.knownAt"]}");
        Assert.Equal(before.Text, again.Expect(200).Text);
    }

    private async Task<ApiAnswer> OpenAndListAsync(string id)
    {
        var opened = await api.PostAsync("/v1/deals", $$"""{"id":"{{id}}","name":"Deal","effectiveAt":"2026-01-01"}""");
        return (await api.GetAsync($"/v1/deals?minPosition={opened.Expect(201)["position"]}")).Expect(200);
    }
}
