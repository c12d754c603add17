using SalesOps.Api.Http;

namespace SalesOps.Api.Audit;

/// <summary>Marks a read that is itself recorded.</summary>
internal sealed record RecordedRead;

/// <summary>Records the reads that are marked, each before it is answered: without its record there is no answer.</summary>
internal sealed class RecordedReads(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<RecordedRead>() is not null)
        {
            await context.RequestServices.GetRequiredService<SensitiveReads>().RecordAsync(
                Caller.Of(context), metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName,
                $"{context.Request.Path}{context.Request.QueryString}", Problem.TraceIdOf(context), context.RequestAborted);
        }

        await next(context);
    }
}

/// <summary>How an endpoint says it.</summary>
internal static class RecordedReadConventions
{
    /// <summary>Who reads it, and when, can be asked for afterwards.</summary>
    public static RouteHandlerBuilder IsRecorded(this RouteHandlerBuilder route) => route.WithMetadata(new RecordedRead());
}
