using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SalesOps.Domain;

/// <summary>A decimal in events: text without exponent or needless zeros, so that equal numbers are written alike.</summary>
public sealed class DecimalTextJsonConverter : JsonConverter<decimal>
{
    private const string Plain = "0.############################";

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>The text the reader is at, as a number: digits, a sign, a point, and nothing else.</summary>
    public static decimal Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && decimal.TryParse(reader.GetString(), Style, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException("A number of an event is text, for example \"12.50\".");

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader);

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(Plain, CultureInfo.InvariantCulture));
}
