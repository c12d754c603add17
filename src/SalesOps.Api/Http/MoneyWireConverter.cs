using System.Text.Json;
using System.Text.Json.Serialization;
using SalesOps.Domain;

namespace SalesOps.Api.Http;

/// <summary>Money on the wire: <c>{"amount":"1234.50","currency":"USD"}</c>, always with the currency's own decimals.</summary>
internal sealed class MoneyWireConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Money is an object with an amount and a currency.");
        }

        string? amount = null;
        string? currency = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "amount" when amount is null:
                    amount = Text(ref reader, name, "The amount is a string such as \"1234.50\".");
                    break;
                case "currency" when currency is null:
                    currency = Text(ref reader, name, "The currency is a string such as \"USD\".");
                    break;
                case "amount" or "currency":
                    throw At(name, "The member is there twice.");
                default:
                    throw At(name, "Money has an amount and a currency, nothing else.");
            }
        }

        if (amount is null || currency is null)
        {
            throw At(amount is null ? "amount" : "currency", "The member is required.");
        }

        if (!Currencies.Exists(currency))
        {
            throw At("currency", "The currency is a code of ISO 4217 in capitals.");
        }

        return DecimalText.TryRead(amount, Currencies.DecimalsOf(currency), out var value, out var fault)
            ? new Money(value, currency)
            : throw At("amount", fault);
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("amount"u8, value.Rounded().AmountText());
        writer.WriteString("currency"u8, value.Currency);
        writer.WriteEndObject();
    }

    private static string Text(ref Utf8JsonReader reader, string name, string expected) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw At(name, expected);

    private static JsonException At(string member, string detail) => new(detail, "$." + member, null, null);
}
