using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace SalesOps.Api.Http;

/// <summary>When it was true, for reads whose default is not today; <see cref="ReadAt"/> is for the others.</summary>
internal sealed record AsOf(DateOrInstant? Value) : IEndpointParameterMetadataProvider
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new QueryParameter(
        "asOf", typeof(DateOrInstant), "Only what had taken effect by then: an instant, or a date for the end of that day."));

    public static ValueTask<AsOf?> BindAsync(HttpContext context) => new(new AsOf(DateOrInstant.Find(context.Request.Query, "asOf")));
}
