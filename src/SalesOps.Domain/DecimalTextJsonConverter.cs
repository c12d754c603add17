using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SalesOps.Domain;

/// <summary>A decimal in events: text without exponent or needless zeros, so that equal numbers are written alike.</summary>
public sealed class DecimalTextJsonConverter : JsonConverter<decimal>
{
    private const string Plain = "0.############################";

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        decimal.TryParse(
            reader.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var value)
            ? value
            : throw new JsonException("A decimal is text such as \"12.5\".");

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(Plain, CultureInfo.InvariantCulture));
}
