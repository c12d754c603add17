using System.Text.Json;
using System.Text.Json.Serialization;
using SalesOps.Api.Http;

namespace SalesOps.Api.Compensation;

/// <summary>How much of something: a decimal string, or a whole number as it is.</summary>
internal readonly record struct Quantity(decimal Value);

/// <summary>Reads a <see cref="Quantity"/>; writes it as text.</summary>
internal sealed class QuantityConverter : JsonConverter<Quantity>
{
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var whole))
        {
            return new(whole);
        }

        return reader.TokenType == JsonTokenType.String && RatioText.TryRead(reader.GetString()!, out var value, out _)
            ? new(value)
            : throw new JsonException("A quantity is a string of digits, such as \"12.5\", or a whole number.");
    }

    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(RatioText.Write(value.Value));
}
