using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SalesOps.Domain;

namespace SalesOps.Api.Http;

/// <summary>The OpenAPI document and its browsable page; the committed copy is <c>ops/openapi.json</c>.</summary>
internal static class ApiDocument
{
    public const string Path = "/openapi/v1.json";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = type => type.Type switch
        {
            { DeclaringType: { } owner, Name: "Request" or "Response" } =>
                owner.Name.Replace("Endpoint", string.Empty, StringComparison.Ordinal) + type.Type.Name,
            { } known when known == typeof(ProblemDocument) => "Problem",
            _ => OpenApiOptions.CreateDefaultSchemaReferenceId(type),
        };
        options.AddSchemaTransformer(DescribeAsync);
        options.AddOperationTransformer(AddParametersAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "SalesOps", Version = "v1" };
            // The document is the same wherever it is served.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi(Path[..^"v1.json".Length] + "{documentName}.json").AllowAnonymous();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "SalesOps";
            page.SwaggerEndpoint(Path, "SalesOps v1");
        });
    }

    /// <summary>Says of the values with converters of ours how they are written.</summary>
    private static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
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
        else if (type == typeof(decimal))
        {
            Fill(schema, @"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$", "0.0725");
        }
        else if (type == typeof(DateOnly))
        {
            Fill(schema, null, "2026-03-31");
            schema.Format = "date";
        }
        else if (type == typeof(DateTimeOffset))
        {
            Fill(schema, null, "2026-03-31T09:30:00Z");
            schema.Format = "date-time";
        }
        else if (type == typeof(DateOrInstant))
        {
            Fill(schema, null, "2026-03-31");
            schema.Description = "A date, or an instant such as 2026-03-31T09:30:00Z.";
        }

        return Task.CompletedTask;
    }

    private static async Task AddParametersAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        foreach (var parameter in context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryParameter>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
                Description = parameter.Description,
                Required = parameter.IsRequired,
                Schema = await context.GetOrCreateSchemaAsync(parameter.Type, null, cancellation),
            });
        }
    }

    private static OpenApiSchema Text(string pattern, string example)
    {
        var schema = new OpenApiSchema();
        Fill(schema, pattern, example);
        return schema;
    }

    private static void Fill(OpenApiSchema schema, string? pattern, string example)
    {
        schema.Type = JsonSchemaType.String;
        schema.Pattern = pattern;
        schema.Examples = [JsonValue.Create(example)];
    }
}
