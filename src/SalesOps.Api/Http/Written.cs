using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace SalesOps.Api.Http;

/// <summary>A command's success: its body described to the document as <typeparamref name="TResponse"/>.</summary>
internal sealed class Written<TResponse>(StoredAnswer answer, bool replayed = false) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(
            StatusCodes.Status200OK, typeof(TResponse), [AnswerFormats.MediaTypeOf(AnswerFormat.Json)]));

    public Task ExecuteAsync(HttpContext httpContext) => answer.SendAsync(httpContext, replayed);
}
