using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using SalesOps.Domain;

namespace SalesOps.Api.Http;

/// <summary>
/// What an endpoint lets in beside its body, read once from what it declares: ids in the path have the form of ids, query
/// parameters are known, single and of their type.
/// </summary>
internal sealed class RequestShape
{
    private readonly QueryParameter[] query;

    private RequestShape(QueryParameter[] query) => this.query = query;

    /// <summary>All query parameters by what the handler declares: simple ones, and those of bindable types.</summary>
    public static RequestShape Of(EndpointBuilder endpoint)
    {
        var pattern = ((RouteEndpointBuilder)endpoint).RoutePattern;
        var simple = endpoint.Metadata.OfType<IParameterBindingMetadata>()
            .Where(parameter => !parameter.HasBindAsync && IsQuery(parameter.ParameterInfo, pattern))
            .Select(parameter => new QueryParameter(
                parameter.Name, TypeOf(parameter.ParameterInfo), null)
            {
                IsRequired = !parameter.IsOptional,
            });
        return new RequestShape([.. simple, .. endpoint.Metadata.OfType<QueryParameter>().Where(known => !known.IsHeader)]);
    }

    /// <summary>Empty when the request may go on to its handler.</summary>
    public IReadOnlyList<InputError> Check(HttpRequest request) =>
        [.. CheckRoute(request.RouteValues), .. CheckQuery(request.Query)];

    private static IEnumerable<InputError> CheckRoute(RouteValueDictionary values)
    {
        foreach (var (name, value) in values)
        {
            if (!Identifier.IsValid(value as string))
            {
                yield return InputError.InParameter(
                    name, "bad-id", "An id has 1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', '~' and '-'.");
            }
        }
    }

    private IEnumerable<InputError> CheckQuery(IQueryCollection values)
    {
        foreach (var (name, texts) in values)
        {
            if (!JsonText.IsClean(name) || texts.Any(text => !JsonText.IsClean(text!)))
            {
                yield return InputError.InParameter(JsonText.IsClean(name) ? name : "?", "bad-text", JsonText.Fault);
            }
            else if (query.FirstOrDefault(known => known.Name == name) is not { } parameter)
            {
                yield return InputError.InParameter(name, "unknown-parameter", $"There is no query parameter '{name}' here.");
            }
            else if (texts is not [{ Length: > 0 } text])
            {
                yield return InputError.InParameter(name, "bad-parameter", "The parameter has one value, and it is not empty.");
            }
            else if (FaultOf(parameter, text) is { } fault)
            {
                yield return InputError.InParameter(name, "bad-parameter", fault);
            }
        }

        foreach (var missing in query.Where(known => known.IsRequired && !values.ContainsKey(known.Name)))
        {
            yield return InputError.InParameter(missing.Name, "missing-parameter", "The parameter is required.");
        }
    }

    private static string? FaultOf(QueryParameter parameter, string text) =>
        parameter.IsList ? QueryFormat.FaultOfList(parameter.Type, text) : QueryFormat.FaultOf(parameter.Type, text);

    private static bool IsQuery(ParameterInfo parameter, RoutePattern pattern) =>
        !pattern.Parameters.Any(known => string.Equals(known.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))
        && (TypeOf(parameter).IsEnum
            ? throw new InvalidOperationException($"'{parameter.Name}' of {parameter.Member.DeclaringType} must be a Choice<>.")
            : QueryFormat.Has(TypeOf(parameter)));

    private static Type TypeOf(ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
}
