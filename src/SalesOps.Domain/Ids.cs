using System.Text.Json;
using System.Text.Json.Serialization;

namespace SalesOps.Domain;

/// <summary>A typed identifier; on the wire and in events its text.</summary>
public interface IIdentifier<TSelf>
    where TSelf : struct, IIdentifier<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}

/// <summary>The form that ids have.</summary>
public static class Identifier
{
    /// <summary>1 to 64 of <c>A-Z a-z 0-9 . _ ~ -</c>.</summary>
    public static bool IsValid(string? value) =>
        value is { Length: >= 1 and <= 64 } && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '~' or '-');
}

[JsonConverter(typeof(IdentifierJsonConverter<DealId>))]
public readonly record struct DealId(string Value) : IIdentifier<DealId>
{
    public static DealId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentifierJsonConverter<AccountId>))]
public readonly record struct AccountId(string Value) : IIdentifier<AccountId>
{
    public static AccountId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentifierJsonConverter<RepId>))]
public readonly record struct RepId(string Value) : IIdentifier<RepId>
{
    public static RepId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentifierJsonConverter<ProductId>))]
public readonly record struct ProductId(string Value) : IIdentifier<ProductId>
{
    public static ProductId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentifierJsonConverter<LeadId>))]
public readonly record struct LeadId(string Value) : IIdentifier<LeadId>
{
    public static LeadId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentifierJsonConverter<ContactId>))]
public readonly record struct ContactId(string Value) : IIdentifier<ContactId>
{
    public static ContactId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentifierJsonConverter<PipelineId>))]
public readonly record struct PipelineId(string Value) : IIdentifier<PipelineId>
{
    public static PipelineId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentifierJsonConverter<QuotaId>))]
public readonly record struct QuotaId(string Value) : IIdentifier<QuotaId>
{
    public static QuotaId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentifierJsonConverter<TerritoryId>))]
public readonly record struct TerritoryId(string Value) : IIdentifier<TerritoryId>
{
    public static TerritoryId From(string value) => new(value);

    public override string ToString() => Value;
}

[JsonConverter(typeof(IdentifierJsonConverter<TerritoryModelId>))]
public readonly record struct TerritoryModelId(string Value) : IIdentifier<TerritoryModelId>
{
    public static TerritoryModelId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>The key of a stage within its pipeline.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<StageKey>))]
public readonly record struct StageKey(string Value) : IIdentifier<StageKey>
{
    public static StageKey From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>In what capacity a rep serves an account, for example <c>owner</c>.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<AssignmentRole>))]
public readonly record struct AssignmentRole(string Value) : IIdentifier<AssignmentRole>
{
    /// <summary>The role that is meant where none is named; it earns the credit of the account's deals.</summary>
    public static AssignmentRole Owner { get; } = new("owner");

    public static AssignmentRole From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>The record of a decision about assignments.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<DecisionId>))]
public readonly record struct DecisionId(string Value) : IIdentifier<DecisionId>
{
    public static DecisionId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>A compensation plan.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<PlanId>))]
public readonly record struct PlanId(string Value) : IIdentifier<PlanId>
{
    public static PlanId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>Something that money was spent on.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<CostId>))]
public readonly record struct CostId(string Value) : IIdentifier<CostId>
{
    public static CostId From(string value) => new(value);

    public override string ToString() => Value;
}

/// <summary>Reads and writes an identifier as its text; a text that is no id is refused.</summary>
public sealed class IdentifierJsonConverter<T> : JsonConverter<T>
    where T : struct, IIdentifier<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return Identifier.IsValid(text)
            ? T.From(text!)
            : throw new JsonException("An id has 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', '~' and '-'.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
