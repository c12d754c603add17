using SalesOps.Api.Contracts;
using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Costs;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Costs;

/// <summary>Reads what a customer costs and brings from contracts, deals and costs.</summary>
internal static class UnitEconomicsReads
{
    /// <param name="currency">Absent for that of the contracts, or of the costs.</param>
    public static async Task<(string Currency, UnitEconomics Inputs)> UnitEconomicsAsync(
        this FactReader facts, Period days, string? currency, DateTimeOffset validAt, BusinessCalendar calendar,
        CancellationToken cancellation)
    {
        var before = await facts.ContractsInForceAsync(calendar.StartOf(days.From), cancellation);
        var after = await facts.ContractsInForceAsync(calendar.StartOf(days.To), cancellation);
        var costs = await facts.CostsAsync(days, validAt, cancellation);
        var money = currency ?? after.Concat(before).Select(contract => contract.Fact.Value.Currency)
            .Concat(costs.Keys.Select(cost => cost.Currency)).FirstOrDefault() ?? "USD";
        var (start, end) = (AccountsOf(before), AccountsOf(after));
        var months = (decimal)days.Months().Count;
        var revenue = (before.Concat(after).Where(contract => contract.Fact.Value.Currency == money)
            .Sum(contract => contract.Fact.AnnualValue) / 2) * months / 12;
        var spent = costs.GetValueOrDefault((CostKind.Sales, money)) + costs.GetValueOrDefault((CostKind.Marketing, money));
        return (money, new(
            end.Count == 0 ? Ratio.Absent("no-contracts") : new(
                after.Where(contract => contract.Fact.Value.Currency == money).Sum(contract => contract.Fact.AnnualValue)
                    / 12 / end.Count, null),
            !costs.TryGetValue((CostKind.Delivery, money), out var delivery) ? Ratio.Absent("no-delivery-cost")
                : revenue == 0 ? Ratio.Absent("no-contracts") : new(1 - (delivery / revenue), null),
            start.Count == 0 || months == 0 ? Ratio.Absent("no-contracts")
                : new((decimal)start.Except(end).Count() / start.Count / months, null),
            spent == 0 ? Ratio.Absent("no-costs")
                : Ratio.Of(spent, await facts.NewCustomersAsync(days, validAt, cancellation))));

        HashSet<AccountId> AccountsOf(IReadOnlyList<Listed<ContractFact>> contracts) =>
            [.. contracts.Where(contract => contract.Fact.Value.Currency == money).Select(contract => contract.Fact.AccountId)];
    }
}
