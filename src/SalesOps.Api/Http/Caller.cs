using System.Security.Claims;
using SalesOps.Domain;

namespace SalesOps.Api.Http;

/// <summary>Who asks, for whom, and by which calendar.</summary>
/// <param name="Actor">Goes into the headers of what is recorded.</param>
/// <param name="Tenant">Bounds every query and every write.</param>
/// <param name="Calendar">Tells what instants the tenant's dates are.</param>
internal sealed record Caller(string Actor, string Tenant, BusinessCalendar Calendar)
{
    public const string ActorClaim = "sub";
    public const string TenantClaim = "tenant";

    /// <summary>The tenant where there is but one.</summary>
    public const string OnlyTenant = "*DEFAULT*";

    public static Caller Of(HttpContext context) => new(
        context.User.FindFirstValue(ActorClaim)!, context.User.FindFirstValue(TenantClaim)!, BusinessCalendar.Utc);

    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(Of(context));
}
