using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace SalesOps.Api.Http;

/// <summary>Several texts with commas between them; a comma means or: <c>?ownerId=ann,bob</c>.</summary>
internal sealed record CommaList(string[] Values) : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new QueryParameter(parameter.Name!, typeof(string), "A comma means or.") { IsList = true });

    public static ValueTask<CommaList?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(context.Request.Query[parameter.Name!] is [{ } text] ? new CommaList(text.Split(',')) : null);
}
