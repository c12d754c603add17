using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SalesOps.Api.Http;

namespace SalesOps.Api.Live;

/// <summary><c>GET /v1/events/stream</c></summary>
internal sealed class EventStreamEndpoint : IEndpoint
{
    /// <summary>It lasts, so it takes no place from requests; <see cref="LiveEvents.MostClients"/> bounds it.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/events/stream", Handle)
        .WithName("StreamEvents").WithTags("Live")
        .WithSummary("What is recorded, as it is recorded: server-sent events, to be resumed by Last-Event-ID.")
        .RequireAuthorization(Policies.ReadPipeline)
        .WithMetadata(new AnswerFormats([AnswerFormat.EventStream]))
        .Produces(StatusCodes.Status200OK, contentType: AnswerFormats.MediaTypeOf(AnswerFormat.EventStream))
        .DisableRateLimiting();

    private static IResult Handle(ResumePoint resume, Caller caller, LiveEvents live) => live.Serve(caller, resume.After);
}

/// <summary>After which position a stream goes on; what comes next where nobody says.</summary>
internal sealed record ResumePoint(long? After) : IEndpointParameterMetadataProvider
{
    private const string Header = "Last-Event-ID";

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new QueryParameter(
            Header, typeof(string), "The id of the last event that the client has: it goes on behind it.")
        {
            IsHeader = true,
        });

    public static ValueTask<ResumePoint?> BindAsync(HttpContext context)
    {
        if (context.Request.Headers[Header] is not [{ Length: > 0 } text])
        {
            return new(new ResumePoint(After: null));
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new(new ResumePoint(position))
            : throw new ProblemException(Problem.BadParameter(Header, "bad-event-id", "The id of an event is a position of the log."));
    }
}
