using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SalesOps.Domain.Territories;
using Xunit;

namespace SalesOps.Domain.Tests.Properties;

/// <summary>The index of rules against the plain recomputation: every account by every rule.</summary>
public sealed class TerritoryProperties
{
    private static readonly string[] Texts = ["a", "B", "c", "d"];
    private static readonly string?[] MaybeTexts = ["A", "b", "c", "x", null];
    private static readonly string[] Amounts = ["0", "10", "10 EUR", "20", "20 EUR", "20 USD", "30"];

    private static readonly Gen<TerritoryRule> Rules =
        from field in Gen.Elements(Enum.GetValues<TerritoryField>())
        from isIn in Gen.Elements(true, false)
        from texts in Gen.SubListOf(Texts)
        from amount in Gen.Elements(Amounts)
        from op in Gen.Elements(TerritoryOp.AtLeast, TerritoryOp.Below, TerritoryOp.Between)
        select field switch
        {
            TerritoryField.Employees => Numbers(field, op, amount.Split(' ')[0], ""),
            TerritoryField.Revenue => Numbers(field, op, amount.Split(' ')[0], amount.Split(' ') is [_, var code] ? " " + code : ""),
            _ => new(field, isIn ? TerritoryOp.In : TerritoryOp.NotIn, texts is [] ? ["a"] : [.. texts]),
        };

    /// <summary>Each territory is a part of an earlier one, or of none.</summary>
    private static readonly Gen<TerritoryDefinition[]> Trees =
        from size in Gen.Choose(0, 12)
        from parents in Gen.ArrayOf(Gen.Choose(-1, 11), size)
        from rules in Gen.ArrayOf(Gen.ListOf(Rules).Resize(3), size)
        select Enumerable.Range(0, size).Select(index => new TerritoryDefinition(
            IdOf(index), "T", index > 0 && parents[index] >= 0 ? IdOf(parents[index] % index) : null, [.. rules[index]])).ToArray();

    private static readonly Gen<AccountTraits> Accounts =
        from id in Gen.Elements("a", "B", "b", "c", "z")
        from texts in Gen.ArrayOf(Gen.Elements(MaybeTexts), 4)
        from employees in Gen.Elements<int?>(null, 0, 9, 10, 19, 20, 35)
        from amount in Gen.Elements<decimal?>(null, 0, 10, 15, 20, 35)
        from currency in Gen.Elements("EUR", "USD", "CHF")
        select new AccountTraits(
            new(id), texts[0], texts[1], texts[2], texts[3], employees, amount is { } value ? new Money(value, currency) : null);

    [Fact]
    public void Every_account_is_in_one_leaf_or_reported_as_the_plain_recomputation_has_it() => Prop.ForAll(
        Trees.ToArbitrary(), Gen.ListOf(Accounts).Resize(20).ToArbitrary(), (tree, accounts) =>
        {
            var map = new TerritoryMap(tree);
            foreach (var account in accounts)
            {
                var expected = Plain(tree, account);
                var placement = map.Place(account);
                Assert.Equal(expected, placement.Candidates.Select(id => id.Value));
                Assert.Equal(
                    expected.Count switch { 0 => (true, false, false), 1 => (false, true, false), _ => (false, false, true) },
                    (placement.IsGap, placement.Territory is not null, placement.IsOverlap));
            }
        }).Check();

    [Fact]
    public void The_order_of_territories_and_of_rules_does_not_matter() => Prop.ForAll(
        Trees.ToArbitrary(), Gen.ListOf(Accounts).Resize(20).ToArbitrary(), (tree, accounts) =>
        {
            var map = new TerritoryMap(tree);
            var turned = new TerritoryMap(tree.Reverse().Select(territory => territory with
            {
                Rules = [.. territory.Rules!.Reverse().Select(rule => IsOfNumbers(rule)
                    ? rule
                    : rule with { Values = [.. rule.Values.Reverse()] })],
            }));
            Assert.All(accounts, account => Assert.Equal(
                map.Place(account).Candidates.AsEnumerable(), turned.Place(account).Candidates));
        }).Check();

    [Fact]
    public void What_is_called_unreachable_no_account_reaches() => Prop.ForAll(
        Trees.ToArbitrary(), Gen.ListOf(Accounts).Resize(40).ToArbitrary(), (tree, accounts) =>
        {
            var map = new TerritoryMap(tree);
            var unreachable = TerritoryLint.Unreachable(map).Select(found => found.Id).ToHashSet();
            Assert.All(accounts, account => Assert.DoesNotContain(map.Place(account).Candidates, unreachable.Contains));
        }).Check();

    private static List<string> Plain(TerritoryDefinition[] tree, AccountTraits account)
    {
        var matching = tree
            .Where(leaf => !tree.Any(other => other.ParentId == leaf.Id))
            .Where(leaf => PathOf(leaf).SelectMany(step => step.Rules!).All(rule => IsMet(rule, account)))
            .OrderBy(leaf => leaf.Id.Value, StringComparer.Ordinal)
            .ToList();
        var naming = matching.Where(leaf => PathOf(leaf).SelectMany(step => step.Rules!)
            .Any(rule => rule is { Field: TerritoryField.Account, Op: TerritoryOp.In })).ToList();
        return [.. (naming is [] ? matching : naming).Select(leaf => leaf.Id.Value)];

        IEnumerable<TerritoryDefinition> PathOf(TerritoryDefinition? step)
        {
            for (; step is not null; step = tree.FirstOrDefault(other => other.Id == step.ParentId))
            {
                yield return step;
            }
        }
    }

    private static bool IsMet(TerritoryRule rule, AccountTraits account) => rule.Field switch
    {
        TerritoryField.Employees => IsWithin(rule, account.Employees, null),
        TerritoryField.Revenue => IsWithin(rule, account.Revenue?.Amount, account.Revenue?.Currency),
        TerritoryField.Account => rule.Values.Contains(account.Id.Value, StringComparer.Ordinal) == (rule.Op == TerritoryOp.In),
        TerritoryField.Country => IsListed(rule, account.Country),
        TerritoryField.Region => IsListed(rule, account.Region),
        TerritoryField.Industry => IsListed(rule, account.Industry),
        TerritoryField.BuyingProcess => IsListed(rule, account.BuyingProcess),
        _ => IsListed(rule, account.Segment),
    };

    private static bool IsListed(TerritoryRule rule, string? value) =>
        (value is not null && rule.Values.Contains(value, StringComparer.OrdinalIgnoreCase)) == (rule.Op == TerritoryOp.In);

    private static bool IsWithin(TerritoryRule rule, decimal? number, string? currency)
    {
        var parts = rule.Values.Select(value => value.Split(' ')).ToArray();
        var bounds = parts.Select(part => decimal.Parse(part[0], CultureInfo.InvariantCulture)).ToArray();
        return number is { } value && (parts[0] is not [_, var code] || code == currency) && rule.Op switch
        {
            TerritoryOp.AtLeast => value >= bounds[0],
            TerritoryOp.Below => value < bounds[0],
            _ => value >= bounds[0] && value < bounds[1],
        };
    }

    private static TerritoryRule Numbers(TerritoryField field, TerritoryOp op, string bound, string currency) => new(
        field, op, op == TerritoryOp.Between
            ? [bound + currency, (field == TerritoryField.Employees ? "31" : "30.5") + currency]
            : [bound + currency]);

    private static bool IsOfNumbers(TerritoryRule rule) =>
        rule.Op is not (TerritoryOp.In or TerritoryOp.NotIn);

    private static TerritoryId IdOf(int index) => new($"t{index:00}");
}
