using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Products;

/// <summary>A product as clients see it.</summary>
internal sealed record ProductView(
    string Id, long? Version, string Name, Money? ListPrice, string? Series, AsOfView? AsOf);
