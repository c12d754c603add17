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
        KnownBy.PopulateMetadata(parameter, builder);
    }

    /// <summary>The same for a read that is asked by a body: its members, with what they mean where they are absent.</summary>
    /// <exception cref="ProblemException">What will be known in the future is asked for.</exception>
    public static ReadAt Of(DateOrInstant? asOf, DateOrInstant? knownAt, long? minPosition, Caller caller, DateTimeOffset now)
    {
        var known = knownAt?.End(caller.Calendar);
        return known > now
            ? throw new ProblemException(KnownBy.InFuture())
            : new(asOf?.End(caller.Calendar) ?? caller.Calendar.EndOf(caller.Calendar.DateOf(now)), known, minPosition);
    }

    public static async ValueTask<ReadAt?> BindAsync(HttpContext context)
    {
        var calendar = Caller.Of(context).Calendar;
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var known = (await KnownBy.BindAsync(context))!;
        return new(
            DateOrInstant.Find(context.Request.Query, "asOf")?.End(calendar) ?? calendar.EndOf(calendar.DateOf(now)),
            known.KnownAt,
            known.MinPosition);
    }
}

/// <summary>What a read answered by; asked again with these, it gives the same answer for ever.</summary>
internal sealed record AsOfView(DateTimeOffset ValidAt, DateTimeOffset? KnownAt, long Position);
