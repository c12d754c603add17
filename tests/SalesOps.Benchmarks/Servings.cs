using System.Diagnostics;
using System.Text;

namespace SalesOps.Benchmarks;

/// <summary>Requests to the product's server, one after the other, each timed.</summary>
internal sealed class Servings(ServerProcess server) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = server.Address };

    /// <summary>How fast rounds of a step are.</summary>
    public static async Task<Pace> PaceOfAsync(int rounds, Func<int, Task> step)
    {
        var times = new List<double>(rounds);
        for (var round = 0; round < rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await step(round);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Pace.Of(times, TimeSpan.FromMilliseconds(times.Sum()), rounds);
    }

    /// <summary>The answer, which has to contain a text.</summary>
    public async Task GetAsync(string path, string expected, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync(new Uri($"/v1/{path}", UriKind.Relative), cancellation);
        await CheckAsync(answer, expected, cancellation);
    }

    public async Task PostAsync(string path, string body, string expected, CancellationToken cancellation)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"/v1/{path}", UriKind.Relative), content, cancellation);
        await CheckAsync(answer, expected, cancellation);
    }

    public void Dispose() => client.Dispose();

    private static async Task CheckAsync(HttpResponseMessage answer, string expected, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        if (!answer.IsSuccessStatusCode || !text.Contains(expected, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(text[..Math.Min(text.Length, 500)]);
        }
    }
}
