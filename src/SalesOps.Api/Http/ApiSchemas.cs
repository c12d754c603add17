using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SalesOps.Api.Compensation;
using SalesOps.Domain;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Http;

/// <summary>Makes the schemas of the document say what the converters of <see cref="ApiJson"/> do.</summary>
internal static class ApiSchemas
{
    public const string IdPattern = "^[A-Za-z0-9._~-]{1,64}$";

    /// <summary>Describes the values with converters of ours, and what must be there.</summary>
    public static Task DescribeAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(Money))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description = "An amount with no more decimals than its currency has.";
            schema.Required = new HashSet<string>(StringComparer.Ordinal) { "amount", "currency" };
            schema.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["amount"] = Text(@"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,3})?$", "1234.50"),
                ["currency"] = Text("^[A-Z]{3}$", "USD"),
            };
        }
        else if (type == typeof(QuotaAmount))
        {
            schema.Description = "Money, or a count as a decimal string.";
        }
        else if (type == typeof(Quantity))
        {
            schema.Description = "A decimal string, or a whole number.";
        }
        else if (type == typeof(decimal))
        {
            Fill(schema, null, @"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$", "0.0725");
        }
        else if (type == typeof(DateOnly))
        {
            Fill(schema, "date", null, "2026-03-31");
        }
        else if (type == typeof(DateTimeOffset))
        {
            Fill(schema, "date-time", null, "2026-03-31T09:30:00Z");
        }
        else if (type == typeof(DateOrInstant))
        {
            Fill(schema, null, null, "2026-03-31");
            schema.Description = "A date, or an instant such as 2026-03-31T09:30:00Z.";
        }
        else if (type.IsEnum)
        {
            (schema.Type, schema.Enum) = (JsonSchemaType.String, OfNames(type).Enum);
        }
        else if (IsIdentifier(type))
        {
            Fill(schema, null, IdPattern, null);
        }
        else if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            schema.Required = context.JsonTypeInfo.Properties
                .Where(member => member.IsRequired).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Where there is no value the member is absent, so no schema speaks of null; and only requests refuse members that
    /// they don't know, while answers may grow.
    /// </summary>
    public static void Finish(string name, OpenApiSchema schema)
    {
        schema.AdditionalPropertiesAllowed =
            !name.EndsWith("Request", StringComparison.Ordinal) && !name.EndsWith("Body", StringComparison.Ordinal);
        foreach (var (member, value) in schema.Properties?.ToArray() ?? [])
        {
            schema.Properties![member] = WithoutNull(value);
        }
    }

    /// <summary>The names of an enum, which as a query parameter is in no JSON context.</summary>
    public static OpenApiSchema OfNames(Type type) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. EnumText.NamesOf(type).Select(name => (JsonNode)JsonValue.Create(name))],
    };

    private static bool IsIdentifier(Type type) => type.GetInterfaces()
        .Any(known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IIdentifier<>));

    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema.OneOf is [_, _] either && either.Single(one => one.Type != JsonSchemaType.Null) is { } only)
        {
            return only;
        }

        if (schema is OpenApiSchema { Type: { } type } own)
        {
            own.Type = type & ~JsonSchemaType.Null;
        }

        return schema;
    }

    private static OpenApiSchema Text(string pattern, string example)
    {
        var schema = new OpenApiSchema();
        Fill(schema, null, pattern, example);
        return schema;
    }

    private static void Fill(OpenApiSchema schema, string? format, string? pattern, string? example)
    {
        schema.Type = JsonSchemaType.String;
        schema.Format = format;
        schema.Pattern = pattern;
        schema.Examples = example is null ? null : [JsonValue.Create(example)];
    }
}
