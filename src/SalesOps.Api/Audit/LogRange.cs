using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary>
/// A stretch of the log, from <c>from</c> up to but without <c>to</c>: positions, or the times at which events were
/// recorded. Either end may be open.
/// </summary>
internal sealed record LogRange(LogRange.Place? From, LogRange.Place? To) : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new QueryParameter(
            "from", typeof(string), "The first: a position, or a date or an instant of recording."));
        builder.Metadata.Add(new QueryParameter(
            "to", typeof(string), "The first that is left out: a position, or a date or an instant of recording."));
    }

    public static ValueTask<LogRange?> BindAsync(HttpContext context)
    {
        return new(new LogRange(Find("from"), Find("to")));

        Place? Find(string name)
        {
            if (context.Request.Query[name] is not [{ } text])
            {
                return null;
            }

            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                return new(position, null);
            }

            return DateOrInstant.TryRead(text, out var time, out var fault)
                ? new(0, time.Start(Caller.Of(context).Calendar))
                : throw new ProblemException(Problem.BadParameter(name, "bad-parameter", "A position, or: " + fault));
        }
    }

    /// <summary>The position that the stretch comes after and the one that it goes up to.</summary>
    public async Task<(long After, long UpTo)> ResolveAsync(EventStore store, CancellationToken cancellation)
    {
        var head = await store.HeadAsync(cancellation);
        var after = From is null ? 0 : Math.Max(0, await BeforeAsync(From));
        return (after, To is null ? head.Position : Math.Min(head.Position, await BeforeAsync(To)));

        async Task<long> BeforeAsync(Place place) => place.RecordedAt is { } instant
            ? (await store.HeadAtAsync(instant.AddMicroseconds(-1), cancellation)).Position
            : place.Position - 1;
    }

    /// <summary>Where the log is divided: before a position, or before what was recorded at an instant or later.</summary>
    internal sealed record Place(long Position, DateTimeOffset? RecordedAt);
}
