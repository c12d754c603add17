using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace SalesOps.Api.Http;

/// <summary>The two times that a read asks for, and how far reads must have come to answer.</summary>
/// <param name="ValidAt">When it was true; the end of the tenant's today unless asked otherwise.</param>
/// <param name="KnownAt">What was recorded by then; absent for all that reads have reached.</param>
/// <param name="MinPosition">A position that the answer must include.</param>
internal sealed record ReadAt(DateTimeOffset ValidAt, DateTimeOffset? KnownAt, long? MinPosition)
    : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new QueryParameter(
            "asOf", typeof(DateOrInstant), "When it was true: an instant, or a date for the end of that day. Default: today."));
        builder.Metadata.Add(new QueryParameter(
            "knownAt", typeof(DateOrInstant), "By what was recorded until then; not in the future. Default: all."));
        builder.Metadata.Add(new QueryParameter(
            "minPosition", typeof(long), "Wait until reads have reached this position of the log, 2 seconds at most."));
    }

    public static ValueTask<ReadAt?> BindAsync(HttpContext context)
    {
        var calendar = Caller.Of(context).Calendar;
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var validAt = Time("asOf")?.End(calendar) ?? calendar.EndOf(calendar.DateOf(now));
        var knownAt = Time("knownAt")?.End(calendar);
        if (knownAt > now)
        {
            throw new ProblemException(Problem.BrokenRule(InputError.InParameter(
                "knownAt", "known-at-in-future", "What will be known in the future is not known yet.")));
        }

        var minPosition = context.Request.Query["minPosition"] is [{ } position]
            ? long.Parse(position, CultureInfo.InvariantCulture)
            : (long?)null;
        return new(new ReadAt(validAt, knownAt, minPosition));

        DateOrInstant? Time(string name) =>
            context.Request.Query[name] is [{ } text] && DateOrInstant.TryRead(text, out var time, out _) ? time : null;
    }
}

/// <summary>What a read answered by; asked again with these, it gives the same answer for ever.</summary>
internal sealed record AsOfView(DateTimeOffset ValidAt, DateTimeOffset? KnownAt, long Position);
