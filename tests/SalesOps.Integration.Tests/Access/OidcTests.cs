using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SalesOps.Api.Cli;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Access;

/// <summary>Tokens of an OpenID provider: its keys are found by discovery and found again when they change.</summary>
public sealed class OidcTests(OidcTests.Host api) : IClassFixture<OidcTests.Host>
{
    [Fact]
    public async Task Only_tokens_of_the_provider_are_believed_and_a_new_key_of_it_too()
    {
        var provider = api.Provider;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await AsksAsync(200, provider.Token());
        await AsksAsync(200, provider.Token(token => token.Expires = now.AddSeconds(-5)));
        await AsksAsync(401, provider.Token(token => (token.NotBefore, token.Expires) = (now.AddHours(-2), now.AddHours(-1))));
        await AsksAsync(401, provider.Token(token => token.NotBefore = now.AddHours(1)));
        await AsksAsync(401, provider.Token(token => token.Issuer = "https://other.example"));
        await AsksAsync(401, provider.Token(token => token.Issuer = null));
        await AsksAsync(401, provider.Token(token => token.Audience = "somebody-else"));
        await AsksAsync(401, provider.Token(token => token.Audience = null));
        await AsksAsync(401, provider.Token(token => token.Claims!.Remove("tenant")));
        await AsksAsync(401, provider.Token(token => token.Claims!["tenant"] = ""));
        await AsksAsync(403, provider.Token(token => token.Claims!["roles"] = "gardener"));

        // No key, or the public one used as a secret.
        var parts = provider.Token().Split('.');
        await AsksAsync(401, $"{Base64UrlEncoder.Encode("""{"alg":"none"}""")}.{parts[1]}.");
        await AsksAsync(401, provider.Token(token => token.SigningCredentials = new(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(provider.KeySet)), SecurityAlgorithms.HmacSha256)));
        await AsksAsync(401, $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("ann", "eve", StringComparison.Ordinal))}.{parts[2]}");

        var old = provider.Token();
        provider.Rotate();
        for (var tries = 0; tries < 60 && (await api.GetAsync("/v1/audit/blocks", AccessHost.Bearer(provider.Token()))).Status != 200; tries++)
        {
            // The server asks for the keys again, but not with every token that it doesn't know.
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        await AsksAsync(200, provider.Token());
        using var strange = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await AsksAsync(401, TokenCommand.Make(
            strange, "ann", "acme", ["auditor"], TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1)));
        // What the old key signed is no longer believed once the provider has withdrawn it.
        await AsksAsync(401, old);
    }

    private async Task AsksAsync(int expected, string token) =>
        (await api.GetAsync("/v1/audit/blocks", AccessHost.Bearer(token))).Expect(expected);

    public sealed class Host : ApiHost, IAsyncLifetime
    {
        internal OidcProvider Provider { get; } = new();

        async Task IAsyncLifetime.InitializeAsync()
        {
            await Provider.StartAsync();
            await InitializeAsync();
        }

        async Task IAsyncLifetime.DisposeAsync()
        {
            await DisposeAsync();
            await Provider.DisposeAsync();
        }

        protected override void Set(IConfiguration settings)
        {
            settings["Auth:Mode"] = "Jwt";
            settings["Auth:Jwt:Authority"] = Provider.Address;
        }
    }

    /// <summary>What a provider answers to discovery, on loopback.</summary>
    internal sealed class OidcProvider : IAsyncDisposable
    {
        private readonly WebApplication app;
        private ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public OidcProvider()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            app = builder.Build();
            app.Run(context => context.Response.WriteAsync(context.Request.Path.Value switch
            {
                "/.well-known/openid-configuration" => $$"""{"issuer":"{{Address}}","jwks_uri":"{{Address}}/keys"}""",
                "/keys" => KeySet,
                _ => "{}",
            }));
        }

        public string Address => app.Urls.First();

        public string KeySet => TokenCommand.KeySetOf(key);

        public Task StartAsync() => app.StartAsync();

        /// <summary>A new key in the place of the old one.</summary>
        public void Rotate()
        {
            key.Dispose();
            key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        }

        /// <summary>A good token, or one that isn't.</summary>
        public string Token(Action<SecurityTokenDescriptor>? spoil = null)
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var token = new SecurityTokenDescriptor
            {
                Issuer = Address,
                Audience = "salesops",
                IssuedAt = now,
                NotBefore = now.AddMinutes(-5),
                Expires = now.AddHours(1),
                Claims = new Dictionary<string, object> { ["sub"] = "ann", ["tenant"] = "acme", ["roles"] = "auditor" },
                SigningCredentials = new(
                    new ECDsaSecurityKey(key)
                    {
                        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16],
                        CryptoProviderFactory = new() { CacheSignatureProviders = false },
                    },
                    SecurityAlgorithms.EcdsaSha256),
            };
            spoil?.Invoke(token);
            return new JsonWebTokenHandler().CreateToken(token);
        }

        public async ValueTask DisposeAsync()
        {
            key.Dispose();
            await app.DisposeAsync();
        }
    }
}
