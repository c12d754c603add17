using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SalesOps.Benchmarks;

/// <summary>
/// One connection that sends a request and reads its answer with as little work as can be: on two cores, what the client
/// takes is missing at the server.
/// </summary>
internal sealed class RawHttp(Socket socket) : IDisposable
{
    private readonly byte[] buffer = new byte[16_384];

    public static async Task<RawHttp> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawHttp(socket);
    }

    public static byte[] Post(string path, string json, string? key = null) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n"
        + (key is null ? "" : $"Idempotency-Key: {key}\r\n") + "\r\n" + json);

    /// <summary>Sends a whole request and reads the whole answer; anything but 200 is a fault of the bench.</summary>
    public async Task SendAsync(byte[] request, CancellationToken cancellation)
    {
        await socket.SendAsync(request, cancellation);
        var (read, length) = (0, -1);
        while (length < 0 || read < length)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(read), cancellation);
            read += got > 0 ? got : throw new InvalidOperationException("The server closed the connection.");
            length = length < 0 ? LengthOf(buffer.AsSpan(0, read)) : length;
        }

        if (!buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, read));
        }
    }

    public void Dispose() => socket.Dispose();

    /// <summary>Of the whole answer; negative where its head isn't all there.</summary>
    private static int LengthOf(ReadOnlySpan<byte> read)
    {
        var end = read.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return -1;
        }

        var header = read[..end].IndexOf("Content-Length: "u8);
        return header >= 0 && Utf8Parser.TryParse(read[(header + 16)..], out int content, out _)
            ? end + 4 + content
            : throw new InvalidOperationException("An answer has no length.");
    }
}
