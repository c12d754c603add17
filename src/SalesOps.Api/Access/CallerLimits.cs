using System.Globalization;
using System.Threading.RateLimiting;
using SalesOps.Api.Hosting;
using SalesOps.Api.Http;

namespace SalesOps.Api.Access;

/// <summary>How many requests each caller may send: what comes above is refused with 429 until the bucket has filled again.</summary>
internal static class CallerLimits
{
    private const string Setting = "Limits:RequestsPerSecond";
    private const int Default = 200;
    private const int Burst = 5;

    /// <summary>Null where nobody is limited: on a machine of one's own unless its settings say so.</summary>
    /// <exception cref="StartupException">It is no number.</exception>
    public static int? PerSecond(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" => AccessSetup.ModeOf(configuration) == DevelopmentAuthentication.Mode ? null : Default,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 => limit,
        var text => throw new StartupException($"Limits__RequestsPerSecond is '{text}'; it is a number of 1 or more."),
    };

    public static PartitionedRateLimiter<HttpContext> Create(int perSecond) =>
        PartitionedRateLimiter.Create<HttpContext, (string? Tenant, string? Actor)>(context =>
            RateLimitPartition.GetTokenBucketLimiter(
                (context.User.FindFirst(Caller.TenantClaim)?.Value, context.User.FindFirst(Caller.ActorClaim)?.Value),
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = perSecond * Burst,
                    TokensPerPeriod = perSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                }));
}
