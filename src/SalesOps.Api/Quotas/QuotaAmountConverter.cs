using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary>The amount of a quota on the wire: money as everywhere, or a count as a decimal string.</summary>
internal sealed class QuotaAmountConverter : JsonConverter<QuotaAmount>
{
    private const string Expected = "Money is expected here, or a count such as \"12\".";

    public override QuotaAmount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            var money = JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<Money>)options.GetTypeInfo(typeof(Money)));
            return new(money.Amount, money.Currency);
        }

        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException(Expected);
        return RatioText.TryRead(text, out var count, out var fault) ? new(count) : throw new JsonException(fault);
    }

    public override void Write(Utf8JsonWriter writer, QuotaAmount value, JsonSerializerOptions options)
    {
        if (value.Currency is { } currency)
        {
            JsonSerializer.Serialize(
                writer, new Money(value.Value, currency), (JsonTypeInfo<Money>)options.GetTypeInfo(typeof(Money)));
        }
        else
        {
            writer.WriteStringValue(RatioText.Write(value.Value));
        }
    }
}
