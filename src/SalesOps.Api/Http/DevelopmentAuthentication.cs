using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SalesOps.Api.Access;

namespace SalesOps.Api.Http;

/// <summary>
/// The mode for one machine: whoever is on it may do everything, and <c>X-Actor</c> says who acts. Callers from elsewhere
/// are refused, whatever address the server listens on.
/// </summary>
internal sealed class DevelopmentAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Mode = "Development";

    public const string ActorHeader = "X-Actor";

    private const int LongestActor = 128;

    private static readonly Claim[] developer = [.. Roles.GrantsOf([Roles.Developer])];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // No address means a caller within the process.
        if (Context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            return Task.FromResult(AuthenticateResult.Fail("Development mode answers this machine only."));
        }

        var actor = Request.Headers.TryGetValue(ActorHeader, out var given) ? given.ToString() : "dev";
        if (actor.Length is 0 or > LongestActor || actor.Any(char.IsControl) || !JsonText.IsClean(actor))
        {
            throw new ProblemException(Problem.BadParameter(
                ActorHeader, "bad-actor", $"{ActorHeader} has 1 to {LongestActor} printable characters."));
        }

        var claims = developer
            .Append(new Claim(Caller.ActorClaim, actor))
            .Append(new Claim(Caller.TenantClaim, Caller.OnlyTenant));
        var user = new ClaimsPrincipal(new ClaimsIdentity(claims, Mode));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(user, Mode)));
    }
}
