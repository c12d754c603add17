namespace SalesOps.Domain.Deals;

/// <summary>Sets who shares a deal's credit.</summary>
public sealed record ChangeSplits(IReadOnlyList<Split> Splits)
{
    /// <summary>Revenue shares sum to exactly 100, each 0 to 100; overlays are free (RULES R14).</summary>
    public static Decision<DealEvent> Decide(Deal state, ChangeSplits command)
    {
        for (var index = 0; index < command.Splits.Count; index++)
        {
            if (command.Splits[index].Percent is < 0 or > 100)
            {
                return Rejection.Invalid("percent-range", "A share is between 0 and 100 percent.", $"/splits/{index}/percent");
            }
        }

        if (command.Splits.GroupBy(split => (split.RepId, split.Kind)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return Rejection.Invalid("rep-twice", $"Rep '{twice.Key.RepId}' has two shares of one kind.", "/splits");
        }

        var revenue = command.Splits.Where(split => split.Kind == SplitKind.Revenue).ToArray();
        if (revenue is not [] && revenue.Sum(split => split.Percent) != 100)
        {
            return Rejection.Invalid("splits-sum", "Revenue shares sum to exactly 100 percent.", "/splits");
        }

        return state.Status != DealStatus.None && state.Splits.SequenceEqual(command.Splits)
            ? Decision<DealEvent>.Nothing
            : Decision<DealEvent>.Accept(new DealEvent.SplitsChanged(command.Splits));
    }
}
