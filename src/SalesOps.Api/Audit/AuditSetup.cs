using System.Security.Cryptography;
using SalesOps.Api.Hosting;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary>What auditors read by, and the key that blocks are signed with.</summary>
internal static class AuditSetup
{
    /// <summary>The setting that names the file of the private key, in PEM.</summary>
    private const string SigningKey = "Audit:SigningKey";

    /// <exception cref="StartupException">The key can't be used.</exception>
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[SigningKey] is { Length: > 0 } file)
        {
            services.AddSingleton(ReadSigner(file));
        }

        return services.AddSingleton<EvidenceReader>().AddSingleton<SensitiveReads>().AddSingleton<StatementReplay>();
    }

    private static BlockSigner ReadSigner(string file)
    {
        try
        {
            return BlockSigner.FromPem(File.ReadAllText(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Audit__SigningKey names {file}, which can't be read.");
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new StartupException(
                $"Audit__SigningKey names {file}, which is no private ECDSA P-256 key in PEM. " +
                "Make one with: openssl ecparam -name prime256v1 -genkey -noout -out <file>");
        }
    }
}
