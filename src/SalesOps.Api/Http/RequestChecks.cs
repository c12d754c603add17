using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace SalesOps.Api.Http;

/// <summary>
/// The gate before every handler: what a handler is given has the shape that it declares. Refuses with all faults at
/// once and leaves the body of a command buffered, for its hash and for the framework to read.
/// </summary>
internal sealed class RequestChecks(RequestDelegate next, IOptions<JsonOptions> options)
{
    /// <summary>The largest body, unless an endpoint declares another.</summary>
    public const int BodyLimit = 1024 * 1024;

    private const string Json = "application/json";

    /// <summary>
    /// How much of a body that is too large is read and thrown away: a client that still sends when the connection is
    /// closed never sees the answer.
    /// </summary>
    private const long DrainLimit = 64L * 1024 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata is not { } metadata || metadata.GetMetadata<RequestShape>() is not { } shape)
        {
            await next(context);
            return;
        }

        var formats = metadata.GetMetadata<AnswerFormats>() ?? AnswerFormats.JsonOnly;
        if (formats.Choose(context.Request) is not { } format)
        {
            await formats.NotAcceptable().ExecuteAsync(context);
            return;
        }

        context.Features.Set(format);
        if (shape.Check(context.Request) is [_, ..] faults)
        {
            await Problem.BadInput(faults).ExecuteAsync(context);
            return;
        }

        if (await CheckBodyAsync(context, metadata) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async Task<Problem?> CheckBodyAsync(HttpContext context, EndpointMetadataCollection metadata)
    {
        var limit = metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? BodyLimit;
        if (context.Request.ContentLength > limit)
        {
            await DrainAsync(context);
            return Problem.TooLarge(limit);
        }

        if (metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } type } accepts
            || !accepts.ContentTypes.Contains(Json, StringComparer.Ordinal))
        {
            return null;
        }

        LiftServerLimit(context);
        var body = await ReadAsync(context, (int)limit);
        if (body is null)
        {
            await DrainAsync(context);
            return Problem.TooLarge(limit);
        }

        context.Features.Set(new BufferedBody(body));
        context.Request.Body = new MemoryStream(body, writable: false);
        if (body.Length == 0 && accepts.IsOptional)
        {
            return null;
        }

        return IsJson(context.Request.ContentType) ? Compare(body, type) : Problem.UnsupportedMediaType(Json + " in UTF-8");
    }

    private Problem? Compare(ReadOnlyMemory<byte> body, Type type)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var faults = JsonFaults.Find(document.RootElement, options.Value.SerializerOptions.GetTypeInfo(type));
            return faults.Count > 0 ? Problem.BadInput(faults) : null;
        }
        catch (JsonException malformed)
        {
            var place = $"line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}";
            return Problem.BadInput([InputError.InBody(
                string.Empty, "malformed-json", $"The body is not JSON, or nested more than 64 deep: {place}.")]);
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    /// <summary>The whole body, or null when it is larger than the limit.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context, int limit)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Where the bytes are counted here, the server must not cut the connection first.</summary>
    private static void LiftServerLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }

    private static async Task DrainAsync(HttpContext context)
    {
        LiftServerLimit(context);
        var reader = context.Request.BodyReader;
        long drained = 0;
        while (drained < DrainLimit)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            drained += read.Buffer.Length;
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }
}
