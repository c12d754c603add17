namespace SalesOps.Domain.Deals;

/// <summary>Gives a deal another name, also after it closed.</summary>
public sealed record RenameDeal(string Name)
{
    public static Decision<DealEvent> Decide(Deal state, RenameDeal command) =>
        state.Status != DealStatus.None && state.Name == command.Name
            ? Decision<DealEvent>.Nothing
            : Decision<DealEvent>.Accept(new DealEvent.Renamed(command.Name));
}
