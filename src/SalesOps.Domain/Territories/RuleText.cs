using System.Globalization;

namespace SalesOps.Domain.Territories;

/// <summary>A rule as somebody wrote it, not read yet.</summary>
public sealed record RuleText(string Field, string Op, IReadOnlyList<string> Values)
{
    /// <summary>How many rules a territory may have.</summary>
    public const int RulesMax = 50;

    /// <summary>How many values a rule may have; more named accounts are several territories.</summary>
    public const int ValuesMax = 2_000;

    private const int ValueLengthMax = 200;

    /// <summary>The rules, or why they can't be read: the first fault, with its place below <paramref name="pointer"/>.</summary>
    public static (IReadOnlyList<TerritoryRule> Rules, Rejection? Rejection) Read(
        IReadOnlyList<RuleText> texts, string pointer)
    {
        if (texts.Count > RulesMax)
        {
            return ([], Rejection.Invalid("rules-too-many", $"A territory has at most {RulesMax} rules.", pointer));
        }

        var rules = new TerritoryRule[texts.Count];
        for (var index = 0; index < texts.Count; index++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
            if (texts[index].Fault(place, out rules[index]) is { } fault)
            {
                return ([], fault);
            }
        }

        return (rules, null);
    }

    private Rejection? Fault(string pointer, out TerritoryRule rule)
    {
        rule = new(default, default, Values);
        if (!EnumName<TerritoryField>.TryParse(Field, out var field))
        {
            return Rejection.Invalid(
                "field-unknown", $"A rule is on one of {string.Join(", ", EnumName<TerritoryField>.All)}.", pointer + "/field");
        }

        if (!EnumName<TerritoryOp>.TryParse(Op, out var op) || IsOfNumbers(op) != TerritoryRule.IsNumber(field))
        {
            var fitting = Enum.GetValues<TerritoryOp>()
                .Where(other => IsOfNumbers(other) == TerritoryRule.IsNumber(field)).Select(EnumName<TerritoryOp>.Of);
            return Rejection.Invalid(
                "op-unknown", $"A rule on {Field} compares by one of {string.Join(", ", fitting)}.", pointer + "/op");
        }

        rule = new(field, op, Values);
        return op switch
        {
            TerritoryOp.In or TerritoryOp.NotIn => TextFault(field, pointer),
            TerritoryOp.Between => BoundFault(field, 2, pointer),
            _ => BoundFault(field, 1, pointer),
        };
    }

    private Rejection? TextFault(TerritoryField field, string pointer)
    {
        if (Values.Count is 0 or > ValuesMax)
        {
            return Rejection.Invalid("values-count", $"The list has 1 to {ValuesMax} values.", pointer + "/values");
        }

        for (var index = 0; index < Values.Count; index++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{pointer}/values/{index}");
            if (string.IsNullOrWhiteSpace(Values[index]) || Values[index].Length > ValueLengthMax)
            {
                return Rejection.Invalid("value-empty", $"A value has 1 to {ValueLengthMax} characters.", place);
            }

            if (field == TerritoryField.Account && !Identifier.IsValid(Values[index]))
            {
                return Rejection.Invalid("value-unreadable", $"'{Values[index]}' is no id of an account.", place);
            }
        }

        return null;
    }

    private Rejection? BoundFault(TerritoryField field, int count, string pointer)
    {
        if (Values.Count != count)
        {
            return Rejection.Invalid("values-count", $"{Op} takes {count} of them.", pointer + "/values");
        }

        var bounds = new Bound[count];
        for (var index = 0; index < count; index++)
        {
            if (!Bound.TryRead(field, Values[index], out bounds[index]))
            {
                return Rejection.Invalid(
                    "value-unreadable",
                    field == TerritoryField.Employees
                        ? "A number of employees is a whole number."
                        : "A bound of revenue is a decimal number, with or without a currency after it.",
                    string.Create(CultureInfo.InvariantCulture, $"{pointer}/values/{index}"));
            }
        }

        return bounds is [var low, var high] && (low.Currency != high.Currency || low.Number >= high.Number)
            ? Rejection.Invalid("range-empty", "A range goes from less to more, in one currency.", pointer + "/values")
            : null;
    }

    private static bool IsOfNumbers(TerritoryOp op) => op is TerritoryOp.AtLeast or TerritoryOp.Below or TerritoryOp.Between;
}
