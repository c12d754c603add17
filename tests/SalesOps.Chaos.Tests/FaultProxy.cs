using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace SalesOps.Chaos.Tests;

/// <summary>Stands between the program and PostgreSQL on loopback and troubles what PostgreSQL answers.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly int server;
    private readonly Task accepting;
    private int cuts;

    public FaultProxy(int server)
    {
        this.server = server;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How long each reply is held back; for ever while it is infinite.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The next replies are lost with their connections: what they answered has happened.</summary>
    public void CutReplies(int replies) => Interlocked.Add(ref cuts, replies);

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
            _ = ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var ofClient = client;
        using var ofServer = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        using var pair = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        await ofServer.ConnectAsync(IPAddress.Loopback, server, stopping.Token);
        await Task.WhenAll(
            PumpAsync(client.GetStream(), ofServer.GetStream(), isReply: false, pair),
            PumpAsync(ofServer.GetStream(), client.GetStream(), isReply: true, pair))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool isReply, CancellationTokenSource pair)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.ReadAsync(buffer, pair.Token) is var read && read > 0)
            {
                if (isReply)
                {
                    if (Interlocked.Decrement(ref cuts) >= 0)
                    {
                        return;
                    }

                    Interlocked.Increment(ref cuts);
                    await HoldAsync(pair.Token);
                }

                await to.WriteAsync(buffer.AsMemory(0, read), pair.Token);
            }
        }
        finally
        {
            await pair.CancelAsync();
        }
    }

    private async Task HoldAsync(CancellationToken cancellation)
    {
        while (Delay == Timeout.InfiniteTimeSpan)
        {
            await Task.Delay(20, cancellation);
        }

        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, cancellation);
        }
    }
}
