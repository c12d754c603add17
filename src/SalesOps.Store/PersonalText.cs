using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SalesOps.Store;

/// <summary>
/// How personal members stand in an event: in the place of the value an object with the one member <c>sealed</c>, the
/// base64 of the first eight bytes of the key's SHA-256, a nonce of twelve bytes, the value's JSON under AES-256-GCM and
/// the tag of sixteen. What is authenticated with it is the event's id and the member's path, so that nothing sealed can
/// be moved.
/// </summary>
public static class PersonalText
{
    /// <summary>What is read where somebody was erased.</summary>
    public const string Erased = "erased";

    private const string Member = "sealed";
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeyIdSize = 8;

    /// <summary>What proves afterwards which key was forgotten: its SHA-256.</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> key) => SHA256.HashData(key);

    /// <summary>The data with the members sealed; without a key they are erased.</summary>
    internal static byte[] Seal(ReadOnlySpan<byte> data, IReadOnlyList<string> paths, byte[]? key, Guid eventId)
    {
        var root = JsonNode.Parse(data)!;
        foreach (var path in paths)
        {
            if (Find(root, path) is var (parent, name) && parent[name] is { } value)
            {
                parent[name] = key is null ? Erased : new JsonObject { [Member] = Encrypt(value, key, eventId, path) };
            }
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    /// <summary>The data with what is in the members replaced by the mark.</summary>
    internal static byte[] Erase(ReadOnlySpan<byte> data, IReadOnlyList<string> paths) => Seal(data, paths, null, default);

    /// <summary>The data as it was given; what the key does not open, or without one, reads as erased.</summary>
    internal static byte[] Open(ReadOnlySpan<byte> data, byte[]? key, Guid eventId)
    {
        var root = JsonNode.Parse(data)!.AsObject();
        Open(root, string.Empty, key, eventId);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static void Open(JsonObject parent, string prefix, byte[]? key, Guid eventId)
    {
        foreach (var (name, value) in parent.ToArray())
        {
            if (value is JsonObject inner)
            {
                if (inner is { Count: 1 } && inner[Member] is JsonValue text)
                {
                    parent[name] = key is null ? Erased : Decrypt(text.GetValue<string>(), key, eventId, prefix + name);
                }
                else
                {
                    Open(inner, $"{prefix}{name}.", key, eventId);
                }
            }
        }
    }

    private static (JsonObject Parent, string Name)? Find(JsonNode root, string path)
    {
        var names = path.Split('.');
        var node = root as JsonObject;
        foreach (var name in names[..^1])
        {
            node = node?[name] as JsonObject;
        }

        return node is null ? null : (node, names[^1]);
    }

    private static string Encrypt(JsonNode value, byte[] key, Guid eventId, string path)
    {
        var plain = Encoding.UTF8.GetBytes(value.ToJsonString());
        var text = new byte[KeyIdSize + NonceSize + plain.Length + TagSize];
        HashOf(key).AsSpan(0, KeyIdSize).CopyTo(text);
        var nonce = text.AsSpan(KeyIdSize, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(
            nonce, plain, text.AsSpan(KeyIdSize + NonceSize, plain.Length), text.AsSpan(text.Length - TagSize),
            Place(eventId, path));
        return Convert.ToBase64String(text);
    }

    private static JsonNode? Decrypt(string base64, byte[] key, Guid eventId, string path)
    {
        var text = Convert.FromBase64String(base64).AsSpan();
        if (!text[..KeyIdSize].SequenceEqual(HashOf(key).AsSpan(0, KeyIdSize)))
        {
            return Erased;
        }

        var plain = new byte[text.Length - KeyIdSize - NonceSize - TagSize];
        using var cipher = new AesGcm(key, TagSize);
        try
        {
            cipher.Decrypt(
                text.Slice(KeyIdSize, NonceSize), text[(KeyIdSize + NonceSize)..^TagSize], text[^TagSize..], plain,
                Place(eventId, path));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new InvariantViolationException($"What is sealed in event {eventId} at {path} was changed.");
        }

        return JsonNode.Parse(plain);
    }

    private static byte[] Place(Guid eventId, string path) => Encoding.UTF8.GetBytes($"{eventId}\0{path}");
}
