using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace SalesOps.Chaos.Tests;

/// <summary>A client that writes and reads deals and notes what it sees. It repeats what it does not know, by its key.</summary>
internal sealed class Client(int number, int seed, Func<Random, HttpClient> server, History history)
{
    /// <summary>How many deals all clients share, so that they meet.</summary>
    public const int SharedDeals = 12;

    private const int TriesMax = 4;

    private readonly Random random = new(HashCode.Combine(seed, number));
    private readonly Dictionary<string, long> versions = [];
    private int made;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            made++;
            var deal = $"shared-{random.Next(SharedDeals)}";
            switch (random.Next(10))
            {
                case < 2:
                    await ReadAsync(deal);
                    break;
                case 2:
                    var id = $"c{number}-{made}";
                    await WriteAsync(id, "deals", null, amount => $$$"""{"id":"{{{id}}}","name":"{{{id}}}","amount":{{{amount}}}}""");
                    break;
                default:
                    var expected = random.Next(3) == 0 && versions.TryGetValue(deal, out var version) ? version : (long?)null;
                    await WriteAsync(deal, $"deals/{deal}/amount", expected, amount => $$"""{"amount":{{amount}}}""");
                    break;
            }
        }
    }

    private async Task WriteAsync(string deal, string path, long? expected, Func<string, string> body)
    {
        var key = $"{number}-{made}";
        var amount = $"{(number * 10_000_000) + made}.00";
        var invoked = Stopwatch.GetTimestamp();
        var write = new Write(key, $"deal/{deal}", amount, expected, invoked, 0, Ending.Unknown);
        for (var tries = 0; write.Ending == Ending.Unknown && (tries == 0 || (tries < TriesMax && random.Next(4) > 0)); tries++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{path}")
            {
                Content = new StringContent(body($$"""{"amount":"{{amount}}","currency":"EUR"}"""), Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Idempotency-Key", key);
            if (expected is { } version)
            {
                request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version.ToString(CultureInfo.InvariantCulture)}\""));
            }

            write = await SendAsync(request) switch
            {
                null or { Status: >= HttpStatusCode.InternalServerError } => write,
                { Status: HttpStatusCode.OK or HttpStatusCode.Created } answer => write with
                {
                    Ending = Ending.Ok,
                    Position = answer.Json.GetProperty("position").GetInt64(),
                    Version = versions[deal] = answer.Json.GetProperty("version").GetInt64(),
                },
                { Status: HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict } => write with { Ending = Ending.Refused },
                var other => throw new InvalidOperationException($"{path}: {other.Status} {other.Json}"),
            };
            if (write.Ending == Ending.Unknown)
            {
                await Task.Delay(random.Next(200), CancellationToken.None);
            }
        }

        if (write.Ending == Ending.Refused)
        {
            versions.Remove(deal);
        }

        history.Add(write with { Completed = Stopwatch.GetTimestamp() });
    }

    private async Task ReadAsync(string deal)
    {
        var invoked = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/deals/{deal}");
        if (await SendAsync(request) is { Status: HttpStatusCode.OK } answer)
        {
            versions[deal] = answer.Json.GetProperty("version").GetInt64();
            history.Add(new Read(
                number, $"deal/{deal}", invoked, Stopwatch.GetTimestamp(), versions[deal],
                answer.Json.GetProperty("amount").GetProperty("amount").GetString()!));
        }
    }

    /// <summary>Null where no answer came.</summary>
    private async Task<Answer?> SendAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await server(random).SendAsync(request);
            return new(response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    private sealed record Answer(HttpStatusCode Status, JsonElement Json);
}
