using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SalesOps.Benchmarks;

/// <summary>A server in a process of its own, so that it shares neither threads nor garbage with whoever measures it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan startLimit = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private ServerProcess(Process process, int port)
    {
        this.process = process;
        Port = port;
        Address = new($"http://127.0.0.1:{port}");
    }

    public int Port { get; }

    public Uri Address { get; }

    /// <summary>The most memory that it has had at once.</summary>
    public double PeakMiB
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64 / (1024d * 1024d);
        }
    }

    /// <summary>The product itself, on a database.</summary>
    public static Task<ServerProcess> StartProductAsync(string connectionString, CancellationToken cancellation) =>
        StartAsync("SalesOps.Api", ["serve"], connectionString, cancellation);

    /// <summary>This program as the host of an empty POST.</summary>
    public static Task<ServerProcess> StartEmptyHostAsync(CancellationToken cancellation) =>
        StartAsync("SalesOps.Benchmarks", [EmptyHost.Verb], connectionString: null, cancellation);

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private static async Task<ServerProcess> StartAsync(
        string program, string[] arguments, string? connectionString, CancellationToken cancellation)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}", ["ConnectionStrings__SalesOps"] = connectionString,
            },
        };
        var started = Process.Start(start)!;
        // The log is written and read, and thrown away.
        _ = started.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var server = new ServerProcess(started, port);
        var began = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(port))
        {
            if (started.HasExited || Stopwatch.GetElapsedTime(began) > startLimit)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"{program} did not start.");
            }

            await Task.Delay(100, cancellation);
        }

        return server;
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
