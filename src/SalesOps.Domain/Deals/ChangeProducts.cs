namespace SalesOps.Domain.Deals;

/// <summary>Sets which products an open deal is about.</summary>
public sealed record ChangeProducts(IReadOnlyList<ProductLine> Lines)
{
    public static Decision<DealEvent> Decide(Deal state, ChangeProducts command)
    {
        for (var index = 0; index < command.Lines.Count; index++)
        {
            var line = command.Lines[index];
            if (line.Quantity <= 0)
            {
                return Rejection.Invalid("quantity-range", "A quantity is above 0.", $"/lines/{index}/quantity");
            }

            if (line.Price is { Amount: < 0 })
            {
                return Rejection.Invalid("price-negative", "A price is not negative.", $"/lines/{index}/price");
            }
        }

        return state.Status == DealStatus.Open && state.Products.SequenceEqual(command.Lines)
            ? Decision<DealEvent>.Nothing
            : Decision<DealEvent>.Accept(new DealEvent.ProductsChanged(command.Lines));
    }
}
