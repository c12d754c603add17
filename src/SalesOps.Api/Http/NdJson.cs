using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;

namespace SalesOps.Api.Http;

/// <summary>Rows as JSON, one a line, written while they are read.</summary>
internal sealed class NdJson<TRow>(IAsyncEnumerable<TRow> rows) : IResult
{
    private const int FlushAt = 32 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Bounded by what is asked for; a client that does not read is cut off by the server.
        httpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        httpContext.Response.ContentType = AnswerFormats.MediaTypeOf(AnswerFormat.NdJson);
        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var schema = (JsonTypeInfo<TRow>)json.GetTypeInfo(typeof(TRow));
        var body = httpContext.Response.BodyWriter;
        await foreach (var row in rows.WithCancellation(httpContext.RequestAborted))
        {
            var line = JsonSerializer.SerializeToUtf8Bytes(row, schema);
            var span = body.GetSpan(line.Length + 1);
            line.CopyTo(span);
            span[line.Length] = (byte)'\n';
            body.Advance(line.Length + 1);
            if (body.UnflushedBytes >= FlushAt)
            {
                await body.FlushAsync(httpContext.RequestAborted);
            }
        }

        await body.FlushAsync(httpContext.RequestAborted);
    }
}
