using System.Globalization;
using SalesOps.Api.Imports.Csv;
using SalesOps.Domain;

namespace SalesOps.Api.Imports.Mappings;

/// <summary>The values that a step's rules take from one row. What cannot be read becomes the row's fault.</summary>
internal sealed class MappedValues(string mapping, string currency, StepRule step, CsvCells cells)
{
    private const string Constant = "";

    public StepRule Step => step;

    public string? Text(string member) => Rule(member) is { } rule ? Text(rule) : null;

    public string RequiredText(string member) => Text(member) ?? Missing(Rule(member)!);

    public DateOnly? Date(string member) => Time(member)?.Date;

    public DateOnly RequiredDate(string member) => Date(member) ?? Missing<DateOnly>(Rule(member)!);

    public ImportTime? Time(string member) =>
        Rule(member) is { } rule && Text(rule) is { } text ? cells.Time(ColumnOf(rule), text) : null;

    public int? Integer(string member) =>
        Rule(member) is { } rule && Text(rule) is { } text ? cells.Integer(ColumnOf(rule), text) : null;

    public int RequiredInteger(string member) => Integer(member) ?? Missing<int>(Rule(member)!);

    public IReadOnlyList<string>? List(string member) => Rule(member) is { } rule && Text(rule) is { } text
        ? text.Split(rule.Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : null;

    public Money? Money(string member) => Rule(member) is { } rule ? Money(rule) : null;

    public Money RequiredMoney(string member) => Money(member) ?? Missing<Money>(Rule(member)!);

    public Money? Money(ValueRule rule) => Number(rule) is { } amount
        ? cells.Money(ColumnOf(rule), amount, (rule.Currency is { } column ? cells.Text(column) : null) ?? currency)
        : null;

    public decimal RequiredNumber(ValueRule rule) => Number(rule) ?? Missing<decimal>(rule);

    public TId? Id<TId>(string member)
        where TId : struct, IIdentifier<TId> => Rule(member) is { } rule && Id(rule) is { } id ? TId.From(id) : null;

    public TId RequiredId<TId>(string member)
        where TId : struct, IIdentifier<TId> => Id<TId>(member) ?? Missing<TId>(Rule(member)!);

    public string RequiredId(ValueRule rule) => Id(rule) ?? Missing(rule);

    public T? Enum<T>(string member)
        where T : struct, Enum
    {
        if (Rule(member) is not { } rule || Text(rule) is not { } text)
        {
            return null;
        }

        if (System.Enum.TryParse<T>(text, ignoreCase: true, out var value) && !char.IsAsciiDigit(text[0]))
        {
            return value;
        }

        cells.Fail("value-unknown", $"'{text}' is none of {string.Join(", ", System.Enum.GetNames<T>())}.", ColumnOf(rule));
        return null;
    }

    public T RequiredEnum<T>(string member)
        where T : struct, Enum => Enum<T>(member) ?? Missing<T>(Rule(member)!);

    /// <summary>A value that the row needs and has not; what comes back is never recorded.</summary>
    private T Missing<T>(ValueRule rule)
        where T : struct
    {
        Missing(rule);
        return default;
    }

    private string Missing(ValueRule rule) => cells.Fault is null ? cells.Missing(ColumnOf(rule)) : string.Empty;

    private string? Id(ValueRule rule) => Text(rule) switch
    {
        null => null,
        var text => rule.As switch
        {
            IdRule.Slug => Slug.Of(text),
            IdRule.Uuid5 => NameBasedGuid.OfPerson(mapping, text),
            _ => cells.Id(ColumnOf(rule), text),
        },
    };

    private decimal? Number(ValueRule rule) => Text(rule) is { } text && cells.Number(ColumnOf(rule), text) is { } number
        ? number * (rule.Scale is { } scale ? decimal.Parse(scale, CultureInfo.InvariantCulture) : 1)
        : null;

    private string? Text(ValueRule rule)
    {
        if (rule.Constant is not null)
        {
            return rule.Constant;
        }

        var text = cells.Text(rule.Column!);
        if (text is null && rule.Observe is { } code)
        {
            cells.Observe(code, rule.Column, $"Rows without a value in '{rule.Column}' were taken as they are.");
        }

        if (text is not null && rule.Values?.GetValueOrDefault(text) is { } other)
        {
            cells.Observe("value-mapped", rule.Column, $"'{text}' was taken as '{other}'.");
            return other;
        }

        return text;
    }

    private ValueRule? Rule(string member) => step.Set?.GetValueOrDefault(member);

    private static string ColumnOf(ValueRule rule) => rule.Column ?? Constant;
}
