using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SalesOps.Api.Hosting;
using SalesOps.Api.Http;

namespace SalesOps.Api.Access;

/// <summary>Who callers are and what they may do, by the mode that the settings name.</summary>
internal static class AccessSetup
{
    private const string DefaultAudience = "salesops";

    /// <summary>How often an unknown key may make the server ask for the keys again.</summary>
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    /// <summary>The mode, or the only one that needs no settings.</summary>
    public static string ModeOf(IConfiguration configuration) =>
        configuration["Auth:Mode"] is { Length: > 0 } mode ? mode : DevelopmentAuthentication.Mode;

    /// <exception cref="StartupException">There is no such mode, or it lacks what it needs.</exception>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuthorization(Policies.Add);
        var authentication = services.AddAuthentication(ModeOf(configuration));
        switch (ModeOf(configuration))
        {
            case DevelopmentAuthentication.Mode:
                authentication.AddScheme<AuthenticationSchemeOptions, DevelopmentAuthentication>(DevelopmentAuthentication.Mode, null);
                return services;
            case JwtAuthentication.Mode:
                services.AddSingleton(ReadJwtSettings(configuration.GetSection("Auth:Jwt")));
                authentication.AddScheme<AuthenticationSchemeOptions, JwtAuthentication>(JwtAuthentication.Mode, null);
                return services;
            case var unknown:
                throw new StartupException(
                    $"Auth__Mode is '{unknown}'; there are {DevelopmentAuthentication.Mode} and {JwtAuthentication.Mode}.");
        }
    }

    private static JwtSettings ReadJwtSettings(IConfigurationSection settings)
    {
        var validation = new TokenValidationParameters
        {
            ValidAudience = settings["Audience"] is { Length: > 0 } audience ? audience : DefaultAudience,
            // Keys of others to prove by, never a secret that the server could make tokens with.
            ValidAlgorithms = ["ES256", "ES384", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
            ClockSkew = TimeSpan.FromSeconds(30),
        };
        if (settings["Issuer"] is { Length: > 0 } issuer)
        {
            validation.ValidIssuer = issuer;
        }

        switch (settings["Jwks"], settings["Authority"])
        {
            case ({ Length: > 0 } file, null or ""):
                validation.IssuerSigningKeys = ReadKeys(file);
                validation.ValidateIssuer = validation.ValidIssuer is not null;
                return new(validation);
            case (null or "", { Length: > 0 } authority) when IsTrustworthy(authority):
                // It fetches the authority's keys with the first token, and again when one comes with a key that is new.
                validation.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                    $"{authority.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
                    new HttpDocumentRetriever { RequireHttps = authority.StartsWith("https://", StringComparison.Ordinal) })
                {
                    RefreshInterval = Refresh,
                    // A key that was withdrawn proves nothing any more.
                    UseLastKnownGoodConfiguration = false,
                };
                return new(validation);
            default:
                throw new StartupException(
                    $"Auth__Mode is {JwtAuthentication.Mode}, so tokens are verified by the keys of either the file Auth__Jwt__Jwks " +
                    "or the OpenID provider Auth__Jwt__Authority (https). To try it out, let 'salesops token' make the file and a token.");
        }
    }

    /// <summary>What answers in the open must at least be on this machine.</summary>
    private static bool IsTrustworthy(string authority) => Uri.TryCreate(authority, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static IList<SecurityKey> ReadKeys(string file)
    {
        try
        {
            var keys = JsonWebKeySet.Create(File.ReadAllText(file)).GetSigningKeys();
            return keys.Count > 0 ? keys : throw new StartupException($"Auth__Jwt__Jwks names {file}, which has no key to verify by.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Auth__Jwt__Jwks names {file}, which can't be read.");
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException)
        {
            throw new StartupException($"Auth__Jwt__Jwks names {file}, which is no JSON Web Key Set.");
        }
    }
}
