namespace SalesOps.Chaos.Tests;

/// <summary>A network that loses one answer in five after the server gave it, and brings one request in ten twice.</summary>
internal sealed class LossyHandler(int seed) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly Random random = new(seed);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Headers.Contains("Idempotency-Key"))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        int luck;
        lock (random)
        {
            luck = random.Next(10);
        }

        if (luck == 0)
        {
            using var twin = await CopyAsync(request);
            var answers = await Task.WhenAll(base.SendAsync(twin, cancellationToken), base.SendAsync(request, cancellationToken));
            answers[0].Dispose();
            return answers[1];
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (luck is 1 or 2)
        {
            response.Dispose();
            throw new HttpRequestException("The answer was lost.");
        }

        return response;
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Content = new StringContent(await request.Content!.ReadAsStringAsync(), null, "application/json"),
        };
        foreach (var header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return copy;
    }
}
