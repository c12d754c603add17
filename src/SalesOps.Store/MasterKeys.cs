using System.Security.Cryptography;
using System.Text;

namespace SalesOps.Store;

/// <summary>
/// Wraps the keys of people, so that the database alone opens nothing. The first key wraps, the others still open what
/// they have wrapped; without any, keys stand in their table as they are.
/// </summary>
public sealed class MasterKeys
{
    private const byte Plain = 0;
    private const byte Wrapped = 1;
    private const int IdSize = 4;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly IReadOnlyList<byte[]> keys;

    private MasterKeys(IReadOnlyList<byte[]> keys) => this.keys = keys;

    /// <summary>How long a key is, in bytes: those that wrap and those that are wrapped.</summary>
    public const int KeySize = 32;

    public static MasterKeys None { get; } = new([]);

    /// <summary>Takes the keys from a text of lines, each one key in base64.</summary>
    /// <exception cref="FormatException">A line is no key, or there is none.</exception>
    public static MasterKeys FromLines(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Convert.FromBase64String).ToArray();
        return lines is not [] && lines.All(key => key.Length == KeySize)
            ? new(lines)
            : throw new FormatException($"A master key has {KeySize} bytes.");
    }

    /// <summary>The key of a person as it is stored.</summary>
    internal byte[] Wrap(string tenant, string subject, ReadOnlySpan<byte> key)
    {
        if (keys is not [var master, ..])
        {
            return [Plain, .. key];
        }

        var stored = new byte[1 + IdSize + NonceSize + key.Length + TagSize];
        stored[0] = Wrapped;
        IdOf(master).CopyTo(stored.AsSpan(1));
        var nonce = stored.AsSpan(1 + IdSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(master, TagSize);
        cipher.Encrypt(
            nonce, key, stored.AsSpan(1 + IdSize + NonceSize, key.Length), stored.AsSpan(stored.Length - TagSize),
            Owner(tenant, subject));
        return stored;
    }

    /// <exception cref="InvariantViolationException">None of these keys has wrapped it, or it was changed.</exception>
    internal byte[] Unwrap(string tenant, string subject, ReadOnlySpan<byte> stored)
    {
        if (stored.Length == 1 + KeySize && stored[0] == Plain)
        {
            return stored[1..].ToArray();
        }

        var nonce = 1 + IdSize;
        if (stored.Length == nonce + NonceSize + KeySize + TagSize && stored[0] == Wrapped)
        {
            foreach (var master in keys)
            {
                if (!stored.Slice(1, IdSize).SequenceEqual(IdOf(master)))
                {
                    continue;
                }

                var key = new byte[KeySize];
                using var cipher = new AesGcm(master, TagSize);
                try
                {
                    cipher.Decrypt(
                        stored.Slice(nonce, NonceSize), stored.Slice(nonce + NonceSize, KeySize), stored[^TagSize..], key,
                        Owner(tenant, subject));
                    return key;
                }
                catch (AuthenticationTagMismatchException)
                {
                    break;
                }
            }
        }

        throw new InvariantViolationException($"The key of {subject} is opened by none of the master keys at hand.");
    }

    private static ReadOnlySpan<byte> IdOf(byte[] master) => SHA256.HashData(master).AsSpan(0, IdSize);

    private static byte[] Owner(string tenant, string subject) => Encoding.UTF8.GetBytes($"{tenant}\0{subject}");
}
