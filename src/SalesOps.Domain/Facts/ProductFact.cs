using SalesOps.Domain.Products;

namespace SalesOps.Domain.Facts;

/// <summary>What the read side keeps of a product.</summary>
public sealed record ProductFact(string Name, string? Series, Money? ListPrice)
{
    /// <summary>Nothing is kept of a product before it is registered.</summary>
    public static ProductFact? Of(Product product) => product.Registration is { } registration
        ? new(registration.Name, registration.Series, registration.ListPrice)
        : null;
}
