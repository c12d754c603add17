using Microsoft.AspNetCore.Diagnostics;

namespace SalesOps.Api.Http;

/// <summary>One line per request, without payloads, amounts or names of people's data.</summary>
internal sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            // The handler of exceptions clears the endpoint and remembers it.
            var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
            var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            var note = context.Features.Get<RequestNote>();
            LogRequest(
                context.Request.Method, route, context.Response.StatusCode, time.GetElapsedTime(started).TotalMilliseconds,
                context.User.FindFirst(Caller.ActorClaim)?.Value, note?.Stream, note?.Version, note?.Position,
                Problem.TraceIdOf(context));
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "{Method} {Route} {Status} in {Milliseconds:0.0} ms by {Actor}, {Stream} version {Version} position {Position}, {TraceId}")]
    private partial void LogRequest(
        string method, string route, int status, double milliseconds, string? actor, string? stream, long? version,
        long? position, string traceId);
}

/// <summary>What a write leaves for the line of its request: set as a feature.</summary>
internal sealed record RequestNote(string Stream, long Version, long Position);
