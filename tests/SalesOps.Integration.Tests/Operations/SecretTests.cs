using System.Security.Cryptography;
using Npgsql;
using SalesOps.Api.Cli;
using SalesOps.Testing;
using Xunit;

namespace SalesOps.Integration.Tests.Operations;

/// <summary>What the program is told in confidence it does not tell its log, at any level.</summary>
public sealed class SecretTests
{
    [Theory]
    [InlineData("Information")]
    [InlineData("Verbose")]
    public async Task Neither_secrets_nor_payloads_are_logged(string level)
    {
        await using var database = await Postgres.CreateDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("salesops-secrets-");
        try
        {
            using var signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var master = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
            var (pem, keys, masters) = (FileOf("audit.pem"), FileOf("jwks.json"), FileOf("master.keys"));
            await File.WriteAllTextAsync(pem, signing.ExportPkcs8PrivateKeyPem());
            await File.WriteAllTextAsync(keys, TokenCommand.KeySetOf(key));
            await File.WriteAllTextAsync(masters, master);
            var token = TokenCommand.Make(
                key, "ops", "acme", ["salesOperations", "auditor"], TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
            // The cluster of the tests trusts whoever comes, so any password will do.
            var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
            connection.Password ??= "hunter2-hunter2";

            await using var program = ProgramProcess.Start(
                new Dictionary<string, string>
                {
                    ["ConnectionStrings__SalesOps"] = connection.ConnectionString,
                    ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                    ["Auth__Mode"] = "Jwt",
                    ["Auth__Jwt__Jwks"] = keys,
                    ["Audit__SigningKey"] = pem,
                    ["Privacy__MasterKeys"] = masters,
                    ["Serilog__MinimumLevel__Default"] = level,
                },
                "serve");
            using var client = new HttpClient { BaseAddress = await program.ListensAsync() };
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            client.DefaultRequestHeaders.Add("Idempotency-Key", "key-of-the-client");
            foreach (var (path, body, status) in ((string, string, int)[])
            [
                ("/v1/reps", """{"id":"z","name":"Zaphod Beeblebrox"}""", 201),
                ("/v1/reps", """{"id":"z","name":"Zaphod Beeblebrox","oops":1}""", 400),
                ("/v1/deals", """{"id":"d","name":"Heart of Gold","amount":{"amount":"4242.42","currency":"EUR"}}""", 422),
                ("/v1/audit/verify", "{}", 200),
            ])
            {
                using var answer = await client.PostAsync(
                    new Uri(path, UriKind.Relative), new StringContent(body, null, "application/json"));
                Assert.True((int)answer.StatusCode == status, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }

            await program.EndAsync("TERM");
            Assert.Contains("Sealed block 1", program.Output, StringComparison.Ordinal);
            var secret = signing.ExportPkcs8PrivateKeyPem().Split('\n')[1];
            foreach (var text in (string[])
            [
                token, token.Split('.')[2], master, secret, "hunter2", "Zaphod", "Beeblebrox", "Heart of Gold", "4242.42",
            ])
            {
                Assert.DoesNotContain(text, program.Output, StringComparison.Ordinal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string FileOf(string name) => Path.Combine(folder.FullName, name);
    }
}
