using System.Text;
using System.Text.Json;

namespace SalesOps.Api.Http;

/// <summary>
/// The answer of a command as the bytes that the client gets. The first time and each repeat send the same ones, since
/// both are written from this.
/// </summary>
/// <param name="Version">Of the stream that was written; absent where there is not one.</param>
internal sealed record StoredAnswer(int Status, long? Version, string? Location, string Body)
{
    /// <summary>The command was done, or nothing was left to do.</summary>
    public static StoredAnswer Ok<TResponse>(TResponse body, long? version, JsonSerializerOptions json) =>
        new(StatusCodes.Status200OK, version, null, Write(body, json));

    /// <summary>A resource came to be, at <paramref name="location"/>.</summary>
    public static StoredAnswer Created<TResponse>(TResponse body, long? version, string location, JsonSerializerOptions json) =>
        new(StatusCodes.Status201Created, version, location, Write(body, json));

    public static StoredAnswer Decode(string text) => JsonSerializer.Deserialize(text, HttpJson.Default.StoredAnswer)!;

    public string Encode() => JsonSerializer.Serialize(this, HttpJson.Default.StoredAnswer);

    /// <summary>Sends the answer; <paramref name="replayed"/> when it was given before.</summary>
    public async Task SendAsync(HttpContext context, bool replayed)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json; charset=utf-8";
        if (Version is { } version)
        {
            response.Headers.ETag = EntityTag.Of(version);
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (replayed)
        {
            response.Headers["Idempotent-Replayed"] = "true";
        }

        response.ContentLength = Encoding.UTF8.GetByteCount(Body);
        await response.WriteAsync(Body, context.RequestAborted);
    }

    private static string Write<TResponse>(TResponse body, JsonSerializerOptions json) =>
        JsonSerializer.Serialize(body, json.GetTypeInfo(typeof(TResponse)));
}
