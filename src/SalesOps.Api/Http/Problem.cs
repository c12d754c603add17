using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using SalesOps.Domain;

namespace SalesOps.Api.Http;

/// <summary>Every answer that is not a success. It never carries a stack trace, SQL or the name of a type.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="Code">Stable and kebab-case; also makes <c>type</c> and <c>title</c>.</param>
/// <param name="Detail">A sentence for people about this occurrence.</param>
internal sealed record Problem(int Status, string Code, string Detail) : IResult
{
    /// <summary>What is wrong with the input, for 400 and 422.</summary>
    public IReadOnlyList<InputError> Errors { get; init; } = [];

    /// <summary>When another try makes sense.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The stream's version, for an <c>ETag</c> that the client can go on with.</summary>
    public long? CurrentVersion { get; init; }

    /// <summary>The input cannot be read as the schema; takes its code from the first error.</summary>
    public static Problem BadInput(IReadOnlyList<InputError> errors) =>
        new(StatusCodes.Status400BadRequest, errors[0].Code, errors[0].Detail) { Errors = errors };

    public static Problem BadParameter(string parameter, string code, string detail) =>
        BadInput([InputError.InParameter(parameter, code, detail)]);

    /// <summary>The input can be read but breaks a rule.</summary>
    public static Problem BrokenRule(InputError error) =>
        new(StatusCodes.Status422UnprocessableEntity, error.Code, error.Detail) { Errors = [error] };

    public static Problem NotFound(string what, string id) => From(Rejection.NotFound(what, id));

    /// <summary>What the business refused, as a problem.</summary>
    public static Problem From(Rejection rejection) => new(
        rejection.Kind switch
        {
            RejectionKind.NotFound => StatusCodes.Status404NotFound,
            RejectionKind.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        rejection.Code,
        rejection.Detail)
    {
        Errors = rejection.Pointer is { } pointer ? [InputError.InBody(pointer, rejection.Code, rejection.Detail)] : [],
    };

    public static Problem VersionMismatch(long current) => new(
        StatusCodes.Status412PreconditionFailed, "version-mismatch",
        string.Create(CultureInfo.InvariantCulture, $"It is at version {current}, not at the one in If-Match."))
    {
        CurrentVersion = current,
    };

    /// <summary>Others wrote the same streams faster than this request could decide.</summary>
    public static Problem Contention() => new(
        StatusCodes.Status409Conflict, "contention", "Others changed it at the same time, several times over; try again.");

    public static Problem IdempotencyKeyReused() => new(
        StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused",
        "The idempotency key was used before, by another request.")
    {
        Errors = [InputError.InParameter("Idempotency-Key", "idempotency-key-reused", "Another request has this key.")],
    };

    public static Problem OutcomeUnknown() => new(
        StatusCodes.Status503ServiceUnavailable, "outcome-unknown",
        "It may or may not have been recorded. Repeat the request with its idempotency key to find out.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static Problem Unavailable() => new(
        StatusCodes.Status503ServiceUnavailable, "unavailable", "The database could not be reached; nothing was recorded.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static Problem NotCaughtUp(long position, long reached) => new(
        StatusCodes.Status503ServiceUnavailable, "not-caught-up",
        string.Create(CultureInfo.InvariantCulture, $"Reads have reached position {reached}, not yet {position}."))
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static Problem TooSlow() => new(
        StatusCodes.Status503ServiceUnavailable, "too-slow", "It took longer than is allowed; ask for less at once.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    public static Problem TooLarge(long limit) => new(
        StatusCodes.Status413PayloadTooLarge, "too-large",
        string.Create(CultureInfo.InvariantCulture, $"The body is larger than the {limit} bytes allowed here."));

    public static Problem UnsupportedMediaType(string expected) =>
        new(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", $"The body must be {expected}.");

    public static Problem Internal() => new(
        StatusCodes.Status500InternalServerError, "internal-error", "Something failed here. The log has it under the traceId.");

    /// <summary>For a status that the framework has set without a body.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(status, "bad-request", "The request cannot be read."),
        StatusCodes.Status401Unauthorized => new(status, "unauthenticated", "The request does not say who asks."),
        StatusCodes.Status403Forbidden => new(status, "forbidden", "The caller may not do this."),
        StatusCodes.Status404NotFound => new(status, "route-not-found", "There is nothing at this path."),
        StatusCodes.Status405MethodNotAllowed => new(status, "method-not-allowed", "The path is there, but not for this method."),
        StatusCodes.Status406NotAcceptable => new(status, "not-acceptable", "There is no such representation."),
        StatusCodes.Status408RequestTimeout => new(status, "request-timeout", "The request took too long to arrive."),
        StatusCodes.Status413PayloadTooLarge => new(status, "too-large", "The body is larger than allowed here."),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType("of a type that this path takes"),
        StatusCodes.Status429TooManyRequests =>
            new(status, "too-many-requests", "Too many requests at the same time.") { RetryAfter = TimeSpan.FromSeconds(1) },
        StatusCodes.Status503ServiceUnavailable =>
            new(status, "unavailable", "The service is not ready.") { RetryAfter = TimeSpan.FromSeconds(1) },
        StatusCodes.Status500InternalServerError => Internal(),
        _ => new(status, string.Create(CultureInfo.InvariantCulture, $"status-{status}"), "The request was refused."),
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (CurrentVersion is { } version)
        {
            response.Headers.ETag = EntityTag.Of(version);
        }

        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        // A request that ran out of time still gets its answer: its token is cancelled by then.
        await response.WriteAsJsonAsync(
            Document(httpContext), json.GetTypeInfo(typeof(ProblemDocument)), ProblemDocument.ContentType, CancellationToken.None);
    }

    /// <summary>The document itself, for answers that carry problems of their parts, as an import does.</summary>
    public ProblemDocument Document(HttpContext context) => new(
        "/problems/" + Code, Title(), Status, Detail, Code, TraceIdOf(context), Errors.Count > 0 ? Errors : null);

    /// <summary>What finds the request in the log.</summary>
    public static string TraceIdOf(HttpContext context) =>
        Activity.Current is { } activity ? activity.TraceId.ToHexString() : context.TraceIdentifier;

    private string Title() => char.ToUpperInvariant(Code[0]) + Code[1..].Replace('-', ' ');
}
