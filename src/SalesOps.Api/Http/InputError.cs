namespace SalesOps.Api.Http;

/// <summary>One thing that is wrong with the input, and where.</summary>
/// <param name="Pointer">A JSON pointer into the body.</param>
/// <param name="Parameter">The name of a route, query or header parameter.</param>
/// <param name="Code">Stable and kebab-case, for programs.</param>
/// <param name="Detail">A sentence for people.</param>
internal sealed record InputError(string? Pointer, string? Parameter, string Code, string Detail)
{
    public static InputError InBody(string pointer, string code, string detail) => new(pointer, null, code, detail);

    public static InputError InParameter(string name, string code, string detail) => new(null, name, code, detail);
}
