using System.Text.Json;
using System.Text.Json.Serialization;

namespace SalesOps.Domain;

/// <summary>Money in events: <c>{"amount":"1234.50","currency":"USD"}</c>. Frozen with what is stored.</summary>
public sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Money is an object.");
        }

        decimal? amount = null;
        string? currency = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (amount is null && reader.ValueTextEquals("amount"u8))
            {
                reader.Read();
                amount = DecimalTextJsonConverter.Read(ref reader);
            }
            else if (currency is null && reader.ValueTextEquals("currency"u8))
            {
                reader.Read();
                currency = reader.GetString();
            }
            else
            {
                throw new JsonException($"Money has no further member '{reader.GetString()}'.");
            }
        }

        return amount is not null && currency is not null
            ? new Money(amount.Value, currency)
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
