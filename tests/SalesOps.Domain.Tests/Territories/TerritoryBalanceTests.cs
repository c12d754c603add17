using SalesOps.Domain.Metrics;
using SalesOps.Domain.Territories;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Territories;

public sealed class TerritoryBalanceTests
{
    [Fact]
    public void The_index_is_the_share_of_potential_by_the_share_of_capacity()
    {
        // 300 of 400 for one of two heads is 1.5 of what is even, 100 of 400 is 0.5.
        var balance = TerritoryBalance.Of([(new("a"), 3, 300, 1), (new("b"), 1, 100, 1)], isMixed: false);
        Assert.Equal([1.5m, 0.5m], balance.Loads.Select(load => load.Index.Value));
        Assert.Equal((3m, 0.25m), (balance.MaxToMin.Value, balance.Gini.Value));
    }

    [Fact]
    public void Even_shares_have_no_inequality()
    {
        var balance = TerritoryBalance.Of([(new("a"), 3, 300, 3), (new("b"), 1, 100, 1)], isMixed: false);
        Assert.Equal((1m, 0m), (balance.MaxToMin.Value, balance.Gini.Value));
    }

    [Fact]
    public void Without_capacity_or_in_several_currencies_there_is_no_index()
    {
        var nobody = TerritoryBalance.Of([(new("a"), 3, 300, 0)], isMixed: false);
        Assert.Equal(Ratio.NoDenominator, nobody.Loads[0].Index.Reason);
        Assert.Equal(Ratio.NoDenominator, nobody.Gini.Reason);
        var mixed = TerritoryBalance.Of([(new("a"), 3, 300, 1)], isMixed: true);
        Assert.Equal((Ratio.MixedCurrencies, Ratio.MixedCurrencies), (mixed.Loads[0].Index.Reason, mixed.MaxToMin.Reason));
    }

    [Fact]
    public void A_preview_counts_what_moves_and_whose_it_is()
    {
        var before = new TerritoryMap([new(new("de"), "DE", null, [In("DE")]), new(new("at"), "AT", null, [In("AT")])]);
        var after = new TerritoryMap([new(new("dach"), "DACH", null, [In("DE", "AT", "CH")]), new(new("de"), "DE", null, [In("FR")])]);
        var preview = new TerritoryPreview(before, after, Potential.Revenue);
        (string Id, string Country, decimal Revenue)[] accounts =
            [("1", "DE", 10), ("2", "DE", 20), ("3", "AT", 5), ("4", "CH", 1), ("5", "XX", 1)];
        foreach (var (id, country, revenue) in accounts)
        {
            preview.Add(new(new(id), country, null, null, null, null, Usd(revenue)));
        }

        Assert.Equal((5, 4, 0), (preview.Accounts, preview.Moved, preview.WithoutPotential));
        Assert.Equal((2, 0), preview.TroublesBefore);
        Assert.Equal((1, 0), preview.TroublesAfter);
        Assert.Equal(
            [("de", 2, 30m), (null, 1, 1m), ("at", 1, 5m)],
            preview.Moves.Select(move => (move.From.Territory?.Value, (int)move.Accounts, move.Potential)));
        // Ada works DE and DACH: what goes from the one to the other is no change for her.
        var shifts = preview.Shifts(territory => territory.Value switch { "dach" => [Ada], "de" => [Ada, Ben], _ => [] });
        Assert.Equal([(Ada, 2, 0), (Ben, 0, 2)], shifts.Select(shift => (shift.RepId, (int)shift.Gained, (int)shift.Lost)));
        Assert.Equal(36, preview.BalanceAfter(_ => 1).Loads[0].Potential);
    }

    private static TerritoryRule In(params IReadOnlyList<string> countries) => new(TerritoryField.Country, TerritoryOp.In, countries);
}
