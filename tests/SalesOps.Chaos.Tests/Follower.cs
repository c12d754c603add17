using System.Collections.Concurrent;
using System.Globalization;

namespace SalesOps.Chaos.Tests;

/// <summary>
/// A client of the live stream that comes again behind the last event it has, to whichever process, for as long as it is
/// not told to stop.
/// </summary>
internal sealed class Follower(Func<Uri> server)
{
    private long last;

    /// <summary>The positions in the order received; each must be there once and none may be missing.</summary>
    public ConcurrentQueue<long> Positions { get; } = new();

    public int Breaks { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server(), "/v1/events/stream"));
                request.Headers.Add("Last-Event-ID", last.ToString(CultureInfo.InvariantCulture));
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
                await FollowAsync(lines, stop);
            }
            catch (Exception trouble) when (trouble is HttpRequestException or IOException)
            {
                // Killed; the next try goes to another process or to its successor.
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            Breaks++;
            await Task.Delay(100, CancellationToken.None);
        }
    }

    /// <summary>A message counts when it is whole: half of one is asked for again.</summary>
    private async Task FollowAsync(StreamReader lines, CancellationToken stop)
    {
        long? position = null;
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                position = long.Parse(line["id: ".Length..], CultureInfo.InvariantCulture);
            }
            else if (line.Length == 0 && position is { } whole)
            {
                Positions.Enqueue(whole);
                (last, position) = (whole, null);
            }
        }
    }
}
