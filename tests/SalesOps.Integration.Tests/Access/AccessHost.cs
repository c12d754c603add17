using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using SalesOps.Api.Cli;
using SalesOps.Testing;

namespace SalesOps.Integration.Tests.Access;

/// <summary>The program with tokens, and the key that makes them.</summary>
public sealed class AccessHost : ApiHost, IDisposable
{
    public const string Acme = "acme";
    public const string Other = "other";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string keySet = Path.GetTempFileName();

    /// <summary>A header with a token.</summary>
    public (string Name, string Value) As(string role, string subject = "somebody", string tenant = Acme) =>
        Bearer(TokenCommand.Make(key, subject, tenant, [role], TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1)));

    /// <summary>A token with several roles.</summary>
    public string TokenOf(string tenant, string subject, IReadOnlyList<string> roles) =>
        TokenCommand.Make(key, subject, tenant, roles, TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));

    public static (string Name, string Value) Bearer(string token) => ("Authorization", "Bearer " + token);

    public async Task<ApiAnswer> OperateAsync(string path, string body, string tenant = Acme)
    {
        var answer = await PostAsync(path, body, As("salesOperations", "ops", tenant));
        return answer.Status is 200 or 201 ? answer : throw new InvalidOperationException($"{path}: {answer.Text}");
    }

    public void Dispose()
    {
        key.Dispose();
        File.Delete(keySet);
        GC.SuppressFinalize(this);
    }

    protected override void Set(IConfiguration settings)
    {
        File.WriteAllText(keySet, TokenCommand.KeySetOf(key));
        settings["Auth:Mode"] = "Jwt";
        settings["Auth:Jwt:Jwks"] = keySet;
        // The matrix asks more of one caller than people do.
        settings["Limits:RequestsPerSecond"] = "100000";
    }
}
