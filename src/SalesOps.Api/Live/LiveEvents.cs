using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;
using SalesOps.Api.Access;
using SalesOps.Api.Audit;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Live;

/// <summary>
/// Follows the log for clients that stay. Each reads it by itself, so that a slow one holds up nobody and nothing is
/// buffered for it; there are only so many of them.
/// </summary>
internal sealed class LiveEvents(
    EventStore store, RowScope scope, TimeProvider time, IHostApplicationLifetime lifetime, IOptions<JsonOptions> json)
{
    public const int MostClients = 256;

    private static readonly TimeSpan heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>How often a client is told of news at most: what comes in between shares a read.</summary>
    private static readonly TimeSpan breath = TimeSpan.FromMilliseconds(200);

    private int clients;

    /// <summary>Streams to the client until it goes or the program ends.</summary>
    public IResult Serve(Caller caller, long? after) => new Stream(this, caller, after);

    private sealed class Stream(LiveEvents live, Caller caller, long? after) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => live.ServeAsync(httpContext, caller, after);
    }

    private async Task ServeAsync(HttpContext context, Caller caller, long? after)
    {
        if (Interlocked.Increment(ref clients) > MostClients)
        {
            Interlocked.Decrement(ref clients);
            await Problem.OfStatus(StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await FollowAsync(context, caller, after, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client has gone, or is to go and to come again.
        }
        finally
        {
            Interlocked.Decrement(ref clients);
        }
    }

    private async Task FollowAsync(HttpContext context, Caller caller, long? after, CancellationToken cancellation)
    {
        var position = after ?? (await store.HeadAsync(cancellation)).Position;
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        context.Response.ContentType = AnswerFormats.MediaTypeOf(AnswerFormat.EventStream);
        await WriteAsync(context, "retry: 2000\n\n", cancellation);
        while (true)
        {
            var next = store.NextMove;
            var head = await store.HeadAsync(cancellation);
            await foreach (var recorded in store.ReadTenantAsync(caller.Tenant, null, position, head.Position, cancellation))
            {
                if (await scope.SeesAsync(caller, recorded.Stream, cancellation))
                {
                    await WriteAsync(context, Message(recorded), cancellation);
                }
            }

            position = Math.Max(position, head.Position);
            if (!next.IsCompleted)
            {
                await store.WaitAsync(next, heartbeat, cancellation);
            }

            if (next.IsCompleted)
            {
                await Task.Delay(breath, time, cancellation);
            }
            else
            {
                await WriteAsync(context, ":\n\n", cancellation);
            }
        }
    }

    private string Message(RecordedEvent recorded)
    {
        var schema = (JsonTypeInfo<AuditEvent>)json.Value.SerializerOptions.GetTypeInfo(typeof(AuditEvent));
        return string.Create(CultureInfo.InvariantCulture, $"""
            id: {recorded.Position}
            event: {recorded.Type}
            data: {JsonSerializer.Serialize(AuditEvent.Of(recorded), schema)}


            """);
    }

    private static async Task WriteAsync(HttpContext context, string text, CancellationToken cancellation)
    {
        await context.Response.WriteAsync(text, Encoding.UTF8, cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }
}
