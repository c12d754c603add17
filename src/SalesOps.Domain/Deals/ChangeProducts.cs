namespace SalesOps.Domain.Deals;

/// <summary>Sets which products an open deal is about.</summary>
public sealed record ChangeProducts(IReadOnlyList<ProductLine> Lines)
{
    private const decimal LargestQuantity = 1_000_000_000;

    public static Decision<DealEvent> Decide(Deal state, ChangeProducts command)
    {
        for (var index = 0; index < command.Lines.Count; index++)
        {
            var line = command.Lines[index];
            if (line.Quantity is <= 0 or > LargestQuantity)
            {
                return Rejection.Invalid(
                    "quantity-range", "A quantity is above 0 and at most a billion.", $"/lines/{index}/quantity");
            }

            if (MoneyRules.Check(line.Price, "price", $"/lines/{index}/price") is { } badPrice)
            {
                return badPrice;
            }
        }

        return state.Status == DealStatus.Open && state.Products.SequenceEqual(command.Lines)
            ? Decision<DealEvent>.Nothing
            : Decision<DealEvent>.Accept(new DealEvent.ProductsChanged(command.Lines));
    }
}
