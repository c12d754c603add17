using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;

namespace SalesOps.Api.Http;

/// <summary>What endpoints say about themselves beyond the framework's words.</summary>
internal static class RouteConventions
{
    extension(RouteHandlerBuilder route)
    {
        /// <summary>The problems it answers with beside those that every endpoint has.</summary>
        public RouteHandlerBuilder Problems(params ReadOnlySpan<int> statuses)
        {
            foreach (var status in statuses)
            {
                route.WithMetadata(ProblemMetadata(status));
            }

            return route;
        }

        /// <summary>It answers 201 with <c>Location</c> where the resource is new.</summary>
        public RouteHandlerBuilder Creates<TResponse>() => route.WithMetadata(new ProducesResponseTypeMetadata(
            StatusCodes.Status201Created, typeof(TResponse), [AnswerFormats.MediaTypeOf(AnswerFormat.Json)]));

        /// <summary>The representations it has beside JSON; the handler takes <see cref="ChosenFormat"/>.</summary>
        public RouteHandlerBuilder AlsoAs(params ReadOnlySpan<AnswerFormat> formats) =>
            route.WithMetadata(new AnswerFormats([AnswerFormat.Json, .. formats]));

        /// <summary>Other limits than 1 MiB and 30 s; the body is not read before the handler asks for it.</summary>
        public RouteHandlerBuilder TakesUpTo(long bytes, TimeSpan longest) =>
            route.WithMetadata(new BodySize(bytes), TimeoutAfter(longest));

        /// <summary>A request without an idempotency key is refused.</summary>
        public RouteHandlerBuilder RequireIdempotencyKey() => route.WithMetadata(new IdempotencyKeyRequired());
    }

    /// <summary>What every endpoint of the group has: a caller, the gate before its handler, and the problems of both.</summary>
    public static RouteGroupBuilder WithApiConventions(this RouteGroupBuilder group)
    {
        group.RequireAuthorization();
        foreach (var status in (ReadOnlySpan<int>)[400, 401, 403, 406, 429, 500, 503])
        {
            group.WithMetadata(ProblemMetadata(status));
        }

        // Last, when the endpoint's own parameters are known.
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            endpoint.Metadata.Add(RequestShape.Of(endpoint));
            if (endpoint.Metadata.Any(item => item is IAcceptsMetadata or IRequestSizeLimitMetadata))
            {
                endpoint.Metadata.Add(ProblemMetadata(StatusCodes.Status413PayloadTooLarge));
                endpoint.Metadata.Add(ProblemMetadata(StatusCodes.Status415UnsupportedMediaType));
            }
        });
        return group;
    }

    /// <summary>Cancels a request after a time and says so.</summary>
    public static RequestTimeoutPolicy TimeoutAfter(TimeSpan longest) => new()
    {
        Timeout = longest,
        WriteTimeoutResponse = context => Problem.TooSlow().ExecuteAsync(context),
    };

    private static ProducesResponseTypeMetadata ProblemMetadata(int status) =>
        new(status, typeof(ProblemDocument), [ProblemDocument.ContentType]);

    private sealed record BodySize(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
