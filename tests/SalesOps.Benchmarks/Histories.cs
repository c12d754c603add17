namespace SalesOps.Benchmarks;

internal static class Histories
{
    public const string Tenant = "*DEFAULT*";
}
