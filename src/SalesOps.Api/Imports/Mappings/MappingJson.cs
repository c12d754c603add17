using System.Text.Json;
using System.Text.Json.Serialization;

namespace SalesOps.Api.Imports.Mappings;

/// <summary>Reads mappings. A member that is not known is a fault: a typing error never goes unnoticed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    ReadCommentHandling = JsonCommentHandling.Skip,
    Converters = [typeof(IdRuleConverter), typeof(ValueRuleConverter)])]
[JsonSerializable(typeof(Mapping))]
internal sealed partial class MappingJson : JsonSerializerContext;

/// <summary>The members of a value's rule when it is written out; the converter stays out of its own way.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(IdRuleConverter)])]
[JsonSerializable(typeof(ValueRule))]
internal sealed partial class ValueRuleJson : JsonSerializerContext;

/// <summary>A text is the name of a column, an object a rule.</summary>
internal sealed class ValueRuleConverter : JsonConverter<ValueRule>
{
    public override ValueRule? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ValueRule(reader.GetString());
        }

        try
        {
            return JsonSerializer.Deserialize(ref reader, ValueRuleJson.Default.ValueRule);
        }
        catch (JsonException fault)
        {
            // The path of the fault begins here; where that is, the reader adds to an exception without a path.
            throw new JsonException(fault.Message, fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, ValueRule value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Mappings are only read.");
}

/// <summary>Kebab-case, like the values of every enum in a mapping.</summary>
internal sealed class IdRuleConverter() : JsonStringEnumConverter<IdRule>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
