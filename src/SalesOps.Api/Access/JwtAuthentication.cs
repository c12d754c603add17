using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SalesOps.Api.Http;

namespace SalesOps.Api.Access;

/// <summary>The mode for others than oneself: a bearer token says who asks, for which tenant and in which roles.</summary>
internal sealed class JwtAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, JwtSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Mode = "Jwt";

    private const string Bearer = "Bearer ";
    private const int LongestName = 128;

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var result = await Handler.ValidateTokenAsync(header[Bearer.Length..].Trim(), settings.Validation);
        if (!result.IsValid)
        {
            return AuthenticateResult.Fail("The token is not valid.");
        }

        var token = (JsonWebToken)result.SecurityToken;
        if (NameIn(token, Caller.ActorClaim) is not { } actor || NameIn(token, Caller.TenantClaim) is not { } tenant)
        {
            return AuthenticateResult.Fail("The token names no subject or no tenant.");
        }

        // What is no role here, the token may have for others.
        var named = token.Claims.Where(claim => claim.Type == Roles.Claim).Select(claim => claim.Value);
        var roles = Roles.All.Where(role => named.Contains(role.Name, StringComparer.Ordinal)).ToArray();
        var claims = Roles.GrantsOf(roles)
            .Append(new Claim(Caller.ActorClaim, actor))
            .Append(new Claim(Caller.TenantClaim, tenant));
        return AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity(claims, Mode)), Mode));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return base.HandleChallengeAsync(properties);
    }

    private static string? NameIn(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var text) && text.Length is > 0 and <= LongestName
            && !text.Any(char.IsControl) && JsonText.IsClean(text) ? text : null;
}

/// <summary>What tokens are valid.</summary>
internal sealed record JwtSettings(TokenValidationParameters Validation);
