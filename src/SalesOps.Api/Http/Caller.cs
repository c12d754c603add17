using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using SalesOps.Api.Access;
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

    /// <summary>Whose rows it gets to by the operation at hand; all of them for the program itself.</summary>
    public Reach Reach { get; init; } = Reach.All;

    /// <summary>Read once for a request that has been let in.</summary>
    public static Caller Of(HttpContext context)
    {
        var caller = context.Features.Get<Caller>();
        if (caller is null)
        {
            caller = Read(context);
            context.Features.Set(caller);
        }

        return caller;
    }

    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(Of(context));

    private static Caller Read(HttpContext context) => new(
        context.User.FindFirstValue(ActorClaim)!, context.User.FindFirstValue(TenantClaim)!, BusinessCalendar.Utc)
    {
        Reach = Roles.ReachOf(context.User, context.GetEndpoint()?.Metadata.GetMetadata<AuthorizeAttribute>()?.Policy),
    };
}
