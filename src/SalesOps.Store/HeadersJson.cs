using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace SalesOps.Store;

/// <summary>
/// The members of <c>mt_events.headers</c>. Stored for ever, so names never change. Instants are RFC 3339 in UTC with
/// microseconds.
/// </summary>
internal static class HeadersJson
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static byte[] Write(EventHeaders headers)
    {
        var buffer = new ArrayBufferWriter<byte>(192);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            WriteInstant(json, "effectiveAt"u8, headers.EffectiveAt);
            json.WriteString("actor"u8, headers.Actor);
            if (headers.Reason is { } reason)
            {
                json.WriteString("reason"u8, reason);
            }

            if (headers.IdempotencyKey is { } key)
            {
                json.WriteString("key"u8, key);
            }

            if (headers.Voids.Count > 0)
            {
                json.WriteStartArray("voids"u8);
                foreach (var voided in headers.Voids)
                {
                    json.WriteStringValue(voided);
                }

                json.WriteEndArray();
            }

            if (headers.SourceRecordedAt is { } sourceRecordedAt)
            {
                WriteInstant(json, "sourceRecordedAt"u8, sourceRecordedAt);
            }

            if (headers.Subject is { } subject)
            {
                json.WriteString("subject"u8, subject);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteInstant(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[32];
        value.UtcDateTime.TryFormat(text, out var length, Instant, CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    /// <summary>Unknown members are passed over: a newer program may have written them.</summary>
    public static EventHeaders Read(ReadOnlySpan<byte> utf8)
    {
        DateTimeOffset? effectiveAt = null, sourceRecordedAt = null;
        string? actor = null, reason = null, key = null, subject = null;
        IReadOnlyList<Guid> voids = [];
        var json = new Utf8JsonReader(utf8);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("effectiveAt"u8))
            {
                json.Read();
                effectiveAt = json.GetDateTimeOffset();
            }
            else if (json.ValueTextEquals("actor"u8))
            {
                json.Read();
                actor = json.GetString();
            }
            else if (json.ValueTextEquals("reason"u8))
            {
                json.Read();
                reason = json.GetString();
            }
            else if (json.ValueTextEquals("key"u8))
            {
                json.Read();
                key = json.GetString();
            }
            else if (json.ValueTextEquals("voids"u8))
            {
                json.Read();
                voids = ReadVoids(ref json);
            }
            else if (json.ValueTextEquals("sourceRecordedAt"u8))
            {
                json.Read();
                sourceRecordedAt = json.GetDateTimeOffset();
            }
            else if (json.ValueTextEquals("subject"u8))
            {
                json.Read();
                subject = json.GetString();
            }
            else
            {
                json.Skip();
            }
        }

        return new EventHeaders
        {
            EffectiveAt = effectiveAt ?? throw Missing("effectiveAt"),
            Actor = actor ?? throw Missing("actor"),
            Reason = reason,
            IdempotencyKey = key,
            Voids = voids,
            SourceRecordedAt = sourceRecordedAt,
            Subject = subject,
        };
    }

    private static List<Guid> ReadVoids(ref Utf8JsonReader json)
    {
        var voids = new List<Guid>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            voids.Add(json.GetGuid());
        }

        return voids;
    }

    private static InvariantViolationException Missing(string member) =>
        new($"An event has no header '{member}'.");
}
