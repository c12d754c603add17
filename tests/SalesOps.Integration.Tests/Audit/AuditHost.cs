using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SalesOps.Store;
using SalesOps.Testing;

namespace SalesOps.Integration.Tests.Audit;

/// <summary>The program with a key for its blocks, and with somebody who gets around the refusal of changes.</summary>
public sealed class AuditHost : ApiHost
{
    protected override void Configure(IServiceCollection services)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        services.AddSingleton(BlockSigner.FromPem(key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>As a superuser would.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(
            $"""
            alter table mt_events disable trigger all; {sql};
            alter table mt_events enable always trigger mt_events_append_only;
            alter table mt_events enable always trigger mt_events_redactions_only
            """);
        await command.ExecuteNonQueryAsync();
    }
}
