namespace SalesOps.Domain.Products;

/// <summary>Makes a product known.</summary>
public sealed record RegisterProduct(string Name, Money? ListPrice, string? Series)
{
    public static Decision<ProductEvent> Decide(Product state, RegisterProduct command)
    {
        if (command.ListPrice is { Amount: < 0 })
        {
            return Rejection.Invalid("price-negative", "A price is not negative.", "/listPrice");
        }

        var registration = new ProductEvent.Registered(command.Name, command.ListPrice, command.Series);
        return state.Registration == registration
            ? Decision<ProductEvent>.Nothing
            : Decision<ProductEvent>.Accept(registration);
    }
}
