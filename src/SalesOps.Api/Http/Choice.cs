using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace SalesOps.Api.Http;

/// <summary>
/// A query parameter that is one of an enum's names in camelCase, where the handler's parameter is called the same:
/// <c>Choice&lt;Grouping&gt;? groupBy</c>. A bare enum would be bound by its name in C#.
/// </summary>
internal sealed record Choice<TEnum>(TEnum Value) : IEndpointParameterMetadataProvider
    where TEnum : struct, Enum
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new QueryParameter(parameter.Name!, typeof(TEnum), null));

    public static ValueTask<Choice<TEnum>?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(context.Request.Query[parameter.Name!] is [{ } text] ? new Choice<TEnum>(EnumText.Read<TEnum>(text)) : null);
}

/// <summary>Several of an enum's names with commas between them; a comma means or: <c>?status=open,won</c>.</summary>
internal sealed record Choices<TEnum>(IReadOnlyList<TEnum> Values) : IEndpointParameterMetadataProvider
    where TEnum : struct, Enum
{
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new QueryParameter(parameter.Name!, typeof(TEnum), "A comma means or.") { IsList = true });

    public static ValueTask<Choices<TEnum>?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(context.Request.Query[parameter.Name!] is [{ } text]
            ? new Choices<TEnum>([.. text.Split(',').Select(EnumText.Read<TEnum>)])
            : null);
}
