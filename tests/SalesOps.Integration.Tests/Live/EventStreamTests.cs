using System.Text.Json;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Live;

public sealed class EventStreamTests(ApiHost api) : IClassFixture<ApiHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_client_sees_what_is_recorded_and_goes_on_where_it_broke_off()
    {
        var first = (await api.PostAsync("/v1/deals", """{"id":"s1","name":"D"}""")).Expect(201);
        string[] seen;
        await using (var live = await OpenAsync(lastEventId: null))
        {
            await MoveAsync("s1", "proposal");
            seen = await live.NextAsync();
            Assert.Equal("event: deal_stage_changed", seen[1]);
        }

        await MoveAsync("s1", "negotiation");
        await using var resumed = await OpenAsync(seen[0]["id: ".Length..]);
        var missed = await resumed.NextAsync();
        var data = JsonElement.Parse(missed[2]["data: ".Length..]);
        Assert.Equal("deal/s1", data.GetProperty("stream").GetString());
        Assert.Contains("negotiation", data.GetProperty("data").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(long.Parse(first["position"]!) + 2, data.GetProperty("position").GetInt64());
        Assert.Equal($"id: {data.GetProperty("position").GetInt64()}", missed[0]);

        await MoveAsync("s1", "proposal");
        Assert.Contains("proposal", (await resumed.NextAsync())[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_position_cannot_be_gone_on_from() => Assert.Equal(
        "bad-event-id", (await api.GetAsync("/v1/events/stream", ("Last-Event-ID", "x"))).Expect(400)["code"]);

    private async Task MoveAsync(string id, string stage) =>
        (await api.PostAsync($"/v1/deals/{id}/stage", $$"""{"stage":"{{stage}}"}""")).Expect(200);

    private async Task<Listener> OpenAsync(string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/events/stream", UriKind.Relative));
        request.Headers.Add("Accept", "text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var listener = new Listener(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        Assert.Equal(["retry: 2000"], await listener.NextAsync());
        return listener;
    }

    private sealed class Listener(HttpResponseMessage response, StreamReader lines) : IAsyncDisposable
    {
        /// <summary>The lines of the next message.</summary>
        public async Task<string[]> NextAsync()
        {
            using var limit = new CancellationTokenSource(Patience);
            var message = new List<string>();
            while (await lines.ReadLineAsync(limit.Token) is { Length: > 0 } line)
            {
                message.Add(line);
            }

            return [.. message];
        }

        public ValueTask DisposeAsync()
        {
            lines.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
