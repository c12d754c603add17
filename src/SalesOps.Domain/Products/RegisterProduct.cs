namespace SalesOps.Domain.Products;

/// <summary>Makes a product known.</summary>
public sealed record RegisterProduct(string Name, Money? ListPrice, string? Series)
{
    public static Decision<ProductEvent> Decide(Product state, RegisterProduct command)
    {
        if (MoneyRules.Check(command.ListPrice, "price", "/listPrice") is { } badPrice)
        {
            return badPrice;
        }

        var registration = new ProductEvent.Registered(command.Name, command.ListPrice, command.Series);
        return state.Registration == registration
            ? Decision<ProductEvent>.Nothing
            : Decision<ProductEvent>.Accept(registration);
    }
}
