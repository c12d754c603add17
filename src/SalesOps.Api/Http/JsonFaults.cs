using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SalesOps.Api.Http;

/// <summary>
/// Compares a body with the schema that it should have and says in sentences of ours, with pointers, all that is wrong.
/// It runs before the framework reads the body, whose own messages name types and stop at the first fault.
/// </summary>
internal sealed class JsonFaults
{
    private const int Most = 20;

    private readonly List<InputError> errors = [];

    private JsonFaults()
    {
    }

    /// <summary>In the order of the body; empty when the body can be read as <paramref name="schema"/>.</summary>
    public static IReadOnlyList<InputError> Find(JsonElement body, JsonTypeInfo schema)
    {
        var faults = new JsonFaults();
        faults.Check(body, schema, string.Empty);
        return [.. faults.errors.Take(Most)];
    }

    private void Check(JsonElement value, JsonTypeInfo schema, string pointer)
    {
        if (errors.Count >= Most)
        {
            return;
        }

        if (schema.Kind != JsonTypeInfoKind.None && value.ValueKind == JsonValueKind.Null)
        {
            Add(pointer, "null", "The value may not be null.");
            return;
        }

        switch (schema.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(value, schema, pointer);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckArray(value, schema, pointer);
                break;
            case JsonTypeInfoKind.Dictionary:
                CheckMembers(value, pointer, (name, member) =>
                    Check(member, ElementOf(schema), JsonPointer.Member(pointer, name)));
                break;
            default:
                CheckLeaf(value, schema, pointer);
                break;
        }
    }

    private void CheckObject(JsonElement value, JsonTypeInfo schema, string pointer)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isObject = CheckMembers(value, pointer, (name, member) =>
        {
            seen.Add(name);
            var place = JsonPointer.Member(pointer, name);
            if (schema.Properties.FirstOrDefault(known => known.Name == name) is not { } known)
            {
                Add(place, "unknown-member", "There is no such member here.");
            }
            else if (member.ValueKind != JsonValueKind.Null || !MayBeNull(known))
            {
                Check(member, schema.Options.GetTypeInfo(known.PropertyType), place);
            }
        });

        foreach (var missing in schema.Properties.Where(known => isObject && known.IsRequired && !seen.Contains(known.Name)))
        {
            Add(JsonPointer.Member(pointer, missing.Name), "missing-member", "The member is required.");
        }
    }

    private bool CheckMembers(JsonElement value, string pointer, Action<string, JsonElement> check)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Add(pointer, "wrong-type", "An object is expected here.");
            return false;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!JsonText.TryRead(member, out var name))
            {
                Add(pointer, "bad-text", JsonText.Fault);
            }
            else if (!seen.Add(name))
            {
                Add(JsonPointer.Member(pointer, name), "duplicate-member", "The member is there twice.");
            }
            else
            {
                check(name, member.Value);
            }
        }

        return true;
    }

    private void CheckArray(JsonElement value, JsonTypeInfo schema, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Add(pointer, "wrong-type", "An array is expected here.");
            return;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var place = JsonPointer.Item(pointer, index++);
            if (item.ValueKind == JsonValueKind.Null)
            {
                Add(place, "null", "The value may not be null.");
            }
            else
            {
                Check(item, ElementOf(schema), place);
            }
        }
    }

    private void CheckLeaf(JsonElement value, JsonTypeInfo schema, string pointer)
    {
        if (schema.Type == typeof(JsonElement))
        {
            CheckText(value, pointer);
            return;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            Add(pointer, "null", "The value may not be null.");
            return;
        }

        var before = errors.Count;
        CheckText(value, pointer);
        if (errors.Count > before)
        {
            return;
        }

        var type = Nullable.GetUnderlyingType(schema.Type) ?? schema.Type;
        if (ExpectationOf(type) is { } expected)
        {
            if (!expected.Kinds.Contains(value.ValueKind))
            {
                Add(pointer, "wrong-type", expected.Sentence);
            }
            else if (type.IsEnum ? !EnumText.NamesOf(type).Contains(value.GetString()) : !TryRead(value, schema, out _))
            {
                Add(pointer, "bad-value", expected.Sentence);
            }
        }
        else if (!TryRead(value, schema, out var refusal))
        {
            // The converters of ours say what they expect, and where inside their value.
            var isWrongType = value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
            Add(pointer + JsonPointer.OfPath(refusal!.Path ?? "$"), isWrongType ? "wrong-type" : "bad-value", refusal.Message);
        }
    }

    /// <summary>Strings that PostgreSQL could not keep are refused wherever they stand.</summary>
    private void CheckText(JsonElement value, string pointer)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when !JsonText.TryRead(value, out _):
                Add(pointer, "bad-text", JsonText.Fault);
                break;
            case JsonValueKind.Object:
                CheckMembers(value, pointer, (name, member) => CheckText(member, JsonPointer.Member(pointer, name)));
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    CheckText(item, JsonPointer.Item(pointer, index));
                }

                break;
        }
    }

    /// <summary>What the converters of the base library expect; the others say it themselves.</summary>
    private static (JsonValueKind[] Kinds, string Sentence)? ExpectationOf(Type type) => type switch
    {
        _ when type == typeof(string) => ([JsonValueKind.String], "A string is expected here."),
        _ when type == typeof(bool) => ([JsonValueKind.True, JsonValueKind.False], "true or false is expected here."),
        _ when type == typeof(int) || type == typeof(long) => ([JsonValueKind.Number], "An integer is expected here."),
        _ when type == typeof(Guid) => ([JsonValueKind.String], "A UUID is expected here."),
        { IsEnum: true } => ([JsonValueKind.String], EnumText.ExpectationOf(type)),
        _ => null,
    };

    private static bool TryRead(JsonElement value, JsonTypeInfo schema, out JsonException? refusal)
    {
        try
        {
            value.Deserialize(schema);
            refusal = null;
            return true;
        }
        catch (JsonException exception)
        {
            refusal = exception;
            return false;
        }
    }

    private static bool MayBeNull(JsonPropertyInfo member) => member.AssociatedParameter?.IsNullable ?? member.IsSetNullable;

    private static JsonTypeInfo ElementOf(JsonTypeInfo schema) => schema.Options.GetTypeInfo(schema.ElementType!);

    private void Add(string pointer, string code, string detail) => errors.Add(InputError.InBody(pointer, code, detail));
}
