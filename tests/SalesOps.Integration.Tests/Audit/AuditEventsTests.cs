using System.Text.Json;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Audit;

public sealed class AuditEventsTests(ApiHost api) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Pages_are_the_log_and_stay_as_they_are()
    {
        await WriteAsync("p", 7);
        var lines = await LinesAsync("/v1/audit/events");
        var first = (await api.GetAsync("/v1/audit/events?limit=3")).Expect(200);
        await WriteAsync("q", 3);
        Assert.Equal(first.Text, (await api.GetAsync("/v1/audit/events?limit=3")).Expect(200).Text);

        var paged = new List<string>();
        for (ApiAnswer? page = first; page is not null;)
        {
            paged.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
            page = page["nextCursor"] is { } next
                ? (await api.GetAsync($"/v1/audit/events?limit=3&cursor={next}")).Expect(200)
                : null;
        }

        Assert.Equal(lines, paged.Take(lines.Length));
        Assert.Equal(await LinesAsync("/v1/audit/events"), paged);
        var positions = paged.Select(line => JsonElement.Parse(line).GetProperty("position").GetInt64()).ToArray();
        Assert.Equal(positions.Order(), positions);
        Assert.Equal(positions.Distinct(), positions);
    }

    [Fact]
    public async Task A_stretch_a_stream_and_a_type_can_be_asked_for()
    {
        await WriteAsync("r", 4);
        var all = await LinesAsync("/v1/audit/events");
        var last = JsonElement.Parse(all[^1]);
        var position = last.GetProperty("position").GetInt64();

        Assert.Equal(all[^2..], await LinesAsync($"/v1/audit/events?from={position - 1}"));
        Assert.Equal(all[..^2], await LinesAsync($"/v1/audit/events?to={position - 1}"));
        Assert.Equal([all[^1]], await LinesAsync($"/v1/audit/events?from={last.GetProperty("recordedAt").GetString()}"));
        Assert.Equal(all[..^1], await LinesAsync($"/v1/audit/events?to={last.GetProperty("recordedAt").GetString()}"));
        Assert.Empty(await LinesAsync("/v1/audit/events?to=2001-01-01"));
        Assert.Equal(4, (await LinesAsync("/v1/audit/events?stream=deal/r")).Length);
        Assert.Equal(
            3, (await LinesAsync($"/v1/audit/events?stream=deal/r&type=deal_stage_changed,deal_amount_changed&to={position + 1}")).Length);
        Assert.All(
            await LinesAsync("/v1/audit/events?type=deal_opened"),
            line => Assert.Equal("deal_opened", JsonElement.Parse(line).GetProperty("type").GetString()));
        Assert.Equal("bad-parameter", (await api.GetAsync("/v1/audit/events?from=yesterday")).Expect(400)["code"]);
        Assert.Equal("bad-cursor", (await api.GetAsync("/v1/audit/events?cursor=AAAA")).Expect(400)["code"]);
    }

    private async Task<string[]> LinesAsync(string path) =>
        (await api.GetAsync(path, ("Accept", "application/x-ndjson"))).Expect(200).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task WriteAsync(string id, int events)
    {
        (await api.PostAsync("/v1/deals", $$"""{"id":"{{id}}","name":"D"}""")).Expect(201);
        for (var amount = 1; amount < events; amount++)
        {
            (await api.PostAsync(
                $"/v1/deals/{id}/amount", $$$"""{"amount":{"amount":"{{{amount}}}.00","currency":"EUR"}}""")).Expect(200);
        }
    }
}
