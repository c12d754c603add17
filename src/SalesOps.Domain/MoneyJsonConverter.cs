using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SalesOps.Domain;

/// <summary>Money in events: <c>{"amount":"1234.50","currency":"USD"}</c>. Frozen with what is stored.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? amount = null, currency = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAmount = reader.ValueTextEquals("amount"u8);
            reader.Read();
            if (isAmount)
            {
                amount = reader.GetString();
            }
            else
            {
                currency = reader.GetString();
            }
        }

        return currency is not null && decimal.TryParse(amount, Plain, CultureInfo.InvariantCulture, out var value)
            ? new Money(value, currency)
            : throw new JsonException("Money has an amount and a currency.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("amount"u8, value.AmountText());
        writer.WriteString("currency"u8, value.Currency);
        writer.WriteEndObject();
    }
}
