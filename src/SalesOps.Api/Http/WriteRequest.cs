using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using SalesOps.Api.Access;
using SalesOps.Domain;

namespace SalesOps.Api.Http;

/// <summary>What a command brings beside its body: who sends it, on which version, and how a repeat is told.</summary>
/// <param name="Caller">Who sends it.</param>
/// <param name="ExpectedVersion">The version that the client saw (<c>If-Match</c>); null for any.</param>
/// <param name="IdempotencyKey">The client's key; null where it gave none.</param>
/// <param name="Hash">Tells a repeat from another request under the same key; empty where there is none.</param>
/// <param name="ReceivedAt">Now, to the microsecond.</param>
internal sealed record WriteRequest(
    Caller Caller, long? ExpectedVersion, string? IdempotencyKey, string Hash, DateTimeOffset ReceivedAt)
    : IEndpointParameterMetadataProvider
{
    private const string IfMatchHeader = "If-Match";
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 255;

    /// <summary>Whether it is only to be decided, so that its effect on pay can be told; nothing is recorded then.</summary>
    public bool IsDryRun { get; init; }

    public BusinessCalendar Calendar => Caller.Calendar;

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new QueryParameter(
            IfMatchHeader, typeof(string), "The ETag that the command is meant for, such as \"7\"; any version without it.")
        {
            IsHeader = true,
        });
        builder.Metadata.Add(new QueryParameter(
            KeyHeader, typeof(string), "Makes a repeat safe: the same key and request give the first answer again, for 72 hours.")
        {
            IsHeader = true,
        });
    }

    public static ValueTask<WriteRequest?> BindAsync(HttpContext context)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var isDryRun = IsDry(context);
        var key = isDryRun ? null : KeyOf(context);
        return new(new WriteRequest(
            Caller.Of(context), IfMatchOf(context.Request), key, key is null ? string.Empty : RequestHash.Of(context),
            now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)))
        {
            IsDryRun = isDryRun,
        });
    }

    /// <summary>When the fact takes effect: as the client says, else now.</summary>
    public DateTimeOffset EffectiveAt(DateOrInstant? given) => given?.Start(Calendar) ?? ReceivedAt;

    /// <summary>When a command on a stream takes effect if nobody says; see <see cref="Timeline{TState,TEvent}.PresentAt"/>.</summary>
    public DateTimeOffset PresentOf<TState, TEvent>(Timeline<TState, TEvent> timeline)
        where TEvent : class => timeline.PresentAt(ReceivedAt, Calendar.EndOf(Calendar.DateOf(ReceivedAt)));

    /// <summary>Pay is shown to those who may read all of it.</summary>
    private static bool IsDry(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<DryRunnable>() is not null
        && context.Request.Query[DryRunnable.Parameter] is ["true"]
        && (context.User.HasClaim(Policies.Claim, Policies.ReadLedger)
            && Roles.ReachOf(context.User, Policies.ReadLedger) == Reach.All
                ? true
                : throw new ProblemException(Problem.OfStatus(StatusCodes.Status403Forbidden)));

    private static long? IfMatchOf(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(IfMatchHeader, out var tag) || tag is ["*"])
        {
            return null;
        }

        return tag is [{ } text] && EntityTag.TryRead(text, out var version)
            ? version
            : throw new ProblemException(Problem.BadParameter(
                IfMatchHeader, "bad-if-match", "If-Match is one ETag as it was given, such as \"7\", or *."));
    }

    private static string? KeyOf(HttpContext context)
    {
        if (!context.Request.Headers.TryGetValue(KeyHeader, out var keys))
        {
            return context.GetEndpoint()?.Metadata.GetMetadata<IdempotencyKeyRequired>() is null
                ? null
                : throw new ProblemException(Problem.BadParameter(
                    KeyHeader, "idempotency-key-required", "Here a repeat must be safe: the request needs an Idempotency-Key."));
        }

        return keys is [{ Length: >= 1 and <= LongestKey } key] && key.All(c => c is >= ' ' and <= '~')
            ? key
            : throw new ProblemException(Problem.BadParameter(
                KeyHeader, "bad-idempotency-key", $"An idempotency key has 1 to {LongestKey} printable ASCII characters."));
    }
}

/// <summary>Marks an endpoint whose commands may be decided without being recorded.</summary>
internal sealed record DryRunnable
{
    public const string Parameter = "dryRun";
}

/// <summary>Marks an endpoint whose requests must carry an idempotency key.</summary>
internal sealed record IdempotencyKeyRequired;
