using System.Text.Json;
using System.Text.Json.Serialization;

namespace SalesOps.Api.Http;

/// <summary>Reads a value from text, or says in a sentence of ours what is wrong with it.</summary>
internal delegate bool TextReader<T>(string text, out T value, out string fault);

/// <summary>A value that is a string on the wire; bodies and query parameters read it by the same function.</summary>
internal sealed class TextJsonConverter<T>(TextReader<T> read, Func<T, string> write) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : string.Empty;
        return read(text, out var value, out var fault) ? value : throw new JsonException(fault);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(write(value));
}
