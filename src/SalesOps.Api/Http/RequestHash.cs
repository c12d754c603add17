using System.Security.Cryptography;
using System.Text;

namespace SalesOps.Api.Http;

/// <summary>SHA-256 over method, path with query, and body: the same for a repeat, another for another request.</summary>
internal static class RequestHash
{
    /// <summary>The hash of a request whose body is buffered.</summary>
    public static string Of(HttpContext context)
    {
        using var hash = Begin(context.Request);
        hash.AppendData((context.Features.Get<BufferedBody>()?.Bytes ?? default).Span);
        return End(hash);
    }

    /// <summary>For a body that is streamed: the caller appends the bytes as they pass.</summary>
    public static IncrementalHash Begin(HttpRequest request)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // A line break is in neither of the parts, so that no two requests join to the same bytes.
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}{request.QueryString}\n"));
        return hash;
    }

    public static string End(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
