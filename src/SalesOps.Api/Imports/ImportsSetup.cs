namespace SalesOps.Api.Imports;

/// <summary>What imports need of the container.</summary>
internal static class ImportsSetup
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services.AddSingleton<Importer>();
}
