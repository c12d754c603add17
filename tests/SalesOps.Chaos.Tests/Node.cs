using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Chaos.Tests;

/// <summary>A process of the program at an address that stays, whatever is done to it.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly string connection;
    private readonly Uri address;
    private ProgramProcess process;

    private Node(string connection, Uri address, HttpMessageHandler handler)
    {
        (this.connection, this.address) = (connection, address);
        process = Start();
        Client = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
    }

    public HttpClient Client { get; }

    public Uri Address => address;

    public static async Task<Node> StartAsync(string connection, HttpMessageHandler handler)
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();
        var node = new Node(connection, new Uri($"http://127.0.0.1:{port}"), handler);
        await node.ReadyAsync();
        return node;
    }

    /// <summary>Runs a verb of the program; its exit code.</summary>
    public static async Task<int> RunAsync(string connection, params string[] arguments)
    {
        await using var program = ProgramProcess.Start(Settings(connection), arguments);
        return await program.ExitAsync();
    }

    /// <summary>SIGKILL, then a new process at the same address.</summary>
    public async Task KillAsync()
    {
        await process.EndAsync("KILL");
        await process.DisposeAsync();
        process = Start();
        await ReadyAsync();
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        using var plain = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var ready = await plain.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (ready.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception trouble) when (trouble is HttpRequestException or TaskCanceledException)
            {
                // Not yet.
            }

            Assert.True(tries < 600, $"It does not become ready:\n{process.Output}");
            await Task.Delay(100);
        }
    }

    /// <summary>Reads, and reads again while it says that it is not so far yet.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var plain = new HttpClient { BaseAddress = address };
        for (var tries = 0; ; tries++)
        {
            using var answer = await plain.GetAsync(new Uri(path, UriKind.Relative));
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.IsSuccessStatusCode)
            {
                return JsonElement.Parse(text);
            }

            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable && tries < 15, text);
            await Task.Delay(500);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await process.DisposeAsync();
    }

    private static Dictionary<string, string> Settings(string connection) => new()
    {
        ["ConnectionStrings__SalesOps"] = connection,
        ["Serilog__MinimumLevel__Default"] = "Error",
    };

    private ProgramProcess Start() => ProgramProcess.Start(Settings(connection), "serve", "--urls", address.ToString());
}
