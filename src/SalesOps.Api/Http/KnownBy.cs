using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SalesOps.Store;

namespace SalesOps.Api.Http;

/// <summary>By what knowledge a read answers, for reads that have dates of their own.</summary>
/// <param name="KnownAt">What was recorded by then; absent for all that reads have reached.</param>
/// <param name="MinPosition">A position that the answer must include.</param>
internal sealed record KnownBy(DateTimeOffset? KnownAt, long? MinPosition) : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new QueryParameter(
            "knownAt", typeof(DateOrInstant), "By what was recorded until then; not in the future. Default: all."));
        builder.Metadata.Add(new QueryParameter(
            "minPosition", typeof(long), "Wait until reads have reached this position of the log, 2 seconds at most."));
    }

    public static async ValueTask<KnownBy?> BindAsync(HttpContext context)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var knownAt = DateOrInstant.Find(context.Request.Query, "knownAt")?.End(Caller.Of(context).Calendar);
        if (knownAt > now && !await IsRecordedAsync(context, knownAt.Value))
        {
            throw new ProblemException(InFuture());
        }

        var minPosition = context.Request.Query["minPosition"] is [{ } position]
            ? long.Parse(position, CultureInfo.InvariantCulture)
            : (long?)null;
        return new KnownBy(knownAt, minPosition);
    }

    /// <summary>Where the clock has gone back, the log is ahead of it: what an answer was known by is no future.</summary>
    private static async Task<bool> IsRecordedAsync(HttpContext context, DateTimeOffset knownAt) =>
        context.RequestServices.GetService<EventStore>() is { } store
        && (await store.HeadAsync(context.RequestAborted)).RecordedAt >= knownAt;

    public static Problem InFuture() => Problem.BrokenRule(InputError.InParameter(
        "knownAt", "known-at-in-future", "What will be known in the future is not known yet."));
}
