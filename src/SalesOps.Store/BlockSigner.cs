using System.Security.Cryptography;

namespace SalesOps.Store;

/// <summary>
/// Signs the hashes of blocks with a key that is not in the database: whoever rewrites the tables can hash them again, but
/// not sign them.
/// </summary>
public sealed class BlockSigner : IDisposable
{
    private readonly ECDsa key;
    private readonly Lock turn = new();

    private BlockSigner(ECDsa key)
    {
        this.key = key;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
        PublicKeyPem = key.ExportSubjectPublicKeyInfoPem();
    }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the public key's SubjectPublicKeyInfo.</summary>
    public string KeyId { get; }

    public string PublicKeyPem { get; }

    /// <summary>Takes the private key from its PEM (PKCS#8 or SEC 1).</summary>
    /// <exception cref="CryptographicException">It is no key on the curve P-256.</exception>
    /// <exception cref="ArgumentException">It is no PEM of a key.</exception>
    public static BlockSigner FromPem(string pem)
    {
        var imported = ECDsa.Create();
        try
        {
            imported.ImportFromPem(pem);
            return imported.KeySize == 256 && imported.ExportParameters(includePrivateParameters: true).D is not null
                ? new(imported)
                : throw new CryptographicException("The key is not on the curve P-256.");
        }
        catch
        {
            imported.Dispose();
            throw;
        }
    }

    /// <summary>A signature in DER, as <c>openssl pkeyutl -verify</c> takes it.</summary>
    public byte[] Sign(byte[] blockHash)
    {
        lock (turn)
        {
            return key.SignHash(blockHash, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    public bool Verifies(byte[] blockHash, byte[] signature)
    {
        lock (turn)
        {
            return key.VerifyHash(blockHash, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    public void Dispose() => key.Dispose();
}
