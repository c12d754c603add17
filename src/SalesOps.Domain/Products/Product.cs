namespace SalesOps.Domain.Products;

/// <summary>What happened to a product.</summary>
public abstract record ProductEvent
{
    private ProductEvent()
    {
    }

    public sealed record Registered(string Name, Money? ListPrice = null, string? Series = null) : ProductEvent;
}

/// <summary>The state of a product at one instant.</summary>
public sealed record Product(ProductEvent.Registered? Registration)
{
    public static Decider<Product, ProductEvent> Decider { get; } = new(
        new Product((ProductEvent.Registered?)null),
        (state, fact) => fact.Event switch
        {
            ProductEvent.Registered e => state with { Registration = e },
            _ => state,
        },
        (state, @event) => @event is ProductEvent.Registered && state.Registration is not null
            ? Rejection.Conflict("product-exists", "The product was registered before.")
            : null);
}
