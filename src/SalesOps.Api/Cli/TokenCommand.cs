using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SalesOps.Api.Access;
using SalesOps.Api.Hosting;
using SalesOps.Api.Http;

namespace SalesOps.Api.Cli;

/// <summary><c>salesops token</c>: for trying out what a role sees. Who runs it for others has a provider of identities.</summary>
internal static class TokenCommand
{
    private const string KeyFile = "private.pem";
    private const string SetFile = "jwks.json";

    private static readonly Option<DirectoryInfo> Keys = new("--keys")
    {
        Description = "The folder of the key and of jwks.json, which Auth__Jwt__Jwks names; both are made if they are not there.",
        DefaultValueFactory = _ => new DirectoryInfo("keys"),
    };

    private static readonly Option<string> Subject = new("--subject")
    {
        Description = "Who it is for; a rep's or a manager's is the id of the rep.",
        Required = true,
    };

    private static readonly Option<string[]> Role = CreateRole();

    private static readonly Option<string> Tenant = new("--tenant")
    {
        Description = "For which tenant.",
        DefaultValueFactory = _ => Caller.OnlyTenant,
    };

    private static readonly Option<int> Hours = new("--hours")
    {
        Description = "How long it is valid.",
        DefaultValueFactory = _ => 8,
    };

    public static Command Create()
    {
        var command = new Command("token", "Makes a token for trying out Auth__Mode=Jwt, and the keys to verify it by.")
        {
            Keys, Subject, Role, Tenant, Hours,
        };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(async () =>
        {
            var folder = parsed.GetRequiredValue(Keys);
            using var key = await OpenKeyAsync(folder, cancellation);
            await Console.Out.WriteLineAsync(Make(
                key, parsed.GetRequiredValue(Subject), parsed.GetRequiredValue(Tenant), parsed.GetRequiredValue(Role),
                TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(parsed.GetRequiredValue(Hours))));
            await Console.Error.WriteLineAsync(
                $"The server takes it with Auth__Mode=Jwt and Auth__Jwt__Jwks={Path.Combine(folder.FullName, SetFile)}");
        }));
        return command;
    }

    /// <summary>A token of the key.</summary>
    public static string Make(
        ECDsa key, string subject, string tenant, IReadOnlyList<string> roles, DateTimeOffset now, TimeSpan valid) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Audience = "salesops",
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + valid).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [Caller.ActorClaim] = subject,
                [Caller.TenantClaim] = tenant,
                [Roles.Claim] = roles,
            },
            SigningCredentials = new SigningCredentials(Named(key), SecurityAlgorithms.EcdsaSha256),
        });

    /// <summary>What proves the tokens of a key: a JSON Web Key Set with its public half.</summary>
    public static string KeySetOf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return $$"""
            {"keys":[{"kty":"EC","use":"sig","alg":"ES256","crv":"P-256","kid":"{{Named(key).KeyId}}",
            "x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}]}
            """;
    }

    private static async Task<ECDsa> OpenKeyAsync(DirectoryInfo folder, CancellationToken cancellation)
    {
        var file = Path.Combine(folder.FullName, KeyFile);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            if (File.Exists(file))
            {
                key.ImportFromPem(await File.ReadAllTextAsync(file, cancellation));
                return key;
            }

            folder.Create();
            await File.WriteAllTextAsync(file, key.ExportPkcs8PrivateKeyPem(), cancellation);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, SetFile), KeySetOf(key), cancellation);
            return key;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            key.Dispose();
            throw new StartupException($"The key in {folder.FullName} can't be used: {fault.Message}");
        }
    }

    private static ECDsaSecurityKey Named(ECDsa key) => new(key)
    {
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16],
    };

    private static Option<string[]> CreateRole()
    {
        var option = new Option<string[]>("--role")
        {
            Description = "In which role, or roles: " + string.Join(", ", Roles.All.Select(role => role.Name)) + ".",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        option.AcceptOnlyFromAmong([.. Roles.All.Select(role => role.Name)]);
        return option;
    }
}
