using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SalesOps.Api.Imports;

/// <summary>UUIDs of version 5 (RFC 9562): the same name always gives the same id.</summary>
internal static class NameBasedGuid
{
    private static readonly Guid Events = new("5b1a9e0e-6f0e-5c83-8d0c-3d4f6f0f2a11");
    private static readonly Guid People = new("a5d2c6b4-52a1-5e8e-9a64-0c7c0f7be3d2");

    /// <summary>The id of an imported event.</summary>
    public static Guid OfEvent(ReadOnlySpan<byte> content) => Create(Events, content);

    /// <summary>The id of a person that a source knows by name only: it tells nothing of the name.</summary>
    public static string OfPerson(string source, string key) =>
        Create(People, Encoding.UTF8.GetBytes($"{source}\n{key}")).ToString();

    [SuppressMessage("Security", "CA5350", Justification = "Version 5 is defined with SHA-1; nothing rests on its strength.")]
    private static Guid Create(Guid space, ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData([.. space.ToByteArray(bigEndian: true), .. name], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
