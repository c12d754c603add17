using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

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
        options.AddSchemaTransformer(ApiSchemas.DescribeAsync);
        options.AddOperationTransformer(DescribeAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            Finish(document);
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "SalesOps";
            page.SwaggerEndpoint(Path, "SalesOps v1");
        });
    }

    /// <summary>Adds what the endpoint's metadata say beyond the framework's: parameters, representations, order.</summary>
    private static async Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        foreach (var id in operation.Parameters?.Where(parameter => parameter.In == ParameterLocation.Path) ?? [])
        {
            ((OpenApiSchema)id.Schema!).Pattern = ApiSchemas.IdPattern;
        }

        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var parameter in metadata.OfType<QueryParameter>())
        {
            var schema = parameter.Type.IsEnum
                ? ApiSchemas.OfNames(parameter.Type)
                : await context.GetOrCreateSchemaAsync(parameter.Type, null, cancellation);
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
                Description = parameter.Description,
                Required = parameter.IsRequired,
                Schema = parameter.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema,
                Style = parameter.IsList ? ParameterStyle.Form : null,
                Explode = parameter is { IsList: false, IsHeader: false },
            });
        }

        var formats = metadata.OfType<AnswerFormats>().LastOrDefault() ?? AnswerFormats.JsonOnly;
        if (operation.Responses?.GetValueOrDefault("200")?.Content is { } content)
        {
            foreach (var format in formats.Offered.Where(format => format != AnswerFormat.Json))
            {
                content[AnswerFormats.MediaTypeOf(format)] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                };
            }
        }

        var sorted = new OpenApiResponses();
        foreach (var (status, response) in operation.Responses!.OrderBy(response => response.Key, StringComparer.Ordinal))
        {
            sorted[status] = response;
        }

        operation.Responses = sorted;
    }

    private static void Finish(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "SalesOps", Version = "v1" };
        // The document is the same wherever it is served.
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        foreach (var (name, schema) in document.Components.Schemas ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            ApiSchemas.Finish(name, (OpenApiSchema)schema);
        }

        // Every operation has the same problems: they are written once.
        document.Components.Responses ??= new SortedDictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations!.Values))
        {
            foreach (var (status, response) in operation.Responses!.ToArray())
            {
                if (response.Content?.ContainsKey(ProblemDocument.ContentType) == true)
                {
                    document.Components.Responses["Problem" + status] = response;
                    operation.Responses![status] = new OpenApiResponseReference("Problem" + status, document);
                }
            }
        }
    }
}
