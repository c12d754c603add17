using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SalesOps.Integration.Tests.Store;

/// <summary>
/// Stands between a client and PostgreSQL and cuts both connections at a message that carries a marked text: an append
/// with a key asks in its first such message and writes in its second, one without a key writes in its first.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly IPEndPoint server;
    private readonly byte[] marker;
    private readonly Task accepting;
    private int marked;

    public CuttingProxy(IPEndPoint server, string marker)
    {
        this.server = server;
        this.marker = Encoding.UTF8.GetBytes(marker);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whether the server still gets the message that is cut at; its reply is lost in any case.</summary>
    public bool DeliversLast { get; set; }

    /// <summary>Whether nobody gets through after the cut.</summary>
    public bool StaysCut { get; set; }

    /// <summary>Which of the marked messages is cut at.</summary>
    public int CutsAt { get; set; } = 2;

    public bool HasCut => marked >= CutsAt;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    [SuppressMessage("Reliability", "CA2025", Justification = "The task disposes the client when it is done with it.")]
    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stopping.Token);
            if (HasCut && StaysCut)
            {
                client.Dispose();
                continue;
            }

            _ = ServeAsync(client);
        }
    }

    [SuppressMessage("Reliability", "CA2025", Justification = "Whoever uses the client waits for both pumps, then disposes.")]
    private async Task ServeAsync(TcpClient client)
    {
        var ofServer = new TcpClient();
        await ofServer.ConnectAsync(server, stopping.Token);
        using var pair = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        await Task.WhenAll(
            PumpAsync(client.GetStream(), ofServer.GetStream(), CutAsync, pair),
            PumpAsync(ofServer.GetStream(), client.GetStream(), (_, _) => Task.FromResult(false), pair))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        ofServer.Dispose();

        async Task<bool> CutAsync(ReadOnlyMemory<byte> message, NetworkStream to)
        {
            if (message.Span.IndexOf(marker) < 0 || Interlocked.Increment(ref marked) != CutsAt)
            {
                return false;
            }

            await pair.CancelAsync();
            if (DeliversLast)
            {
                await to.WriteAsync(message, stopping.Token);
                // The server has answered, so it has committed.
                await to.ReadExactlyAsync(new byte[1], stopping.Token);
            }

            return true;
        }
    }

    private static async Task PumpAsync(
        NetworkStream from, NetworkStream to, Func<ReadOnlyMemory<byte>, NetworkStream, Task<bool>> cut,
        CancellationTokenSource pair)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.ReadAsync(buffer, pair.Token) is var read && read > 0)
            {
                if (await cut(buffer.AsMemory(0, read), to))
                {
                    return;
                }

                await to.WriteAsync(buffer.AsMemory(0, read), pair.Token);
            }
        }
        finally
        {
            await pair.CancelAsync();
        }
    }
}
