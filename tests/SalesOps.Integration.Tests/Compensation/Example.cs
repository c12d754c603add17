using System.Globalization;

namespace SalesOps.Integration.Tests.Compensation;

/// <summary>A published example: a plan, what was sold, and what comes of it month by month from January on.</summary>
/// <param name="Plan">The members of the plan beside name, currency and period.</param>
/// <param name="Sales">Such as <c>01-15 20000 cash=01-20:10000</c>, parted by semicolons; see <see cref="Sale"/>.</param>
/// <param name="Expected">A figure's name and its months, parted by semicolons: <c>paid 2000 2000; clawback 0 500</c>.</param>
public sealed record Example(string Plan, string Sales, string Expected)
{
    public string Currency { get; init; } = "USD";

    public string Period { get; init; } = "month";

    public string? Quota { get; init; }

    public string? TargetVariable { get; init; }

    /// <summary>Pairs with their day and rate, such as <c>USD-AUD 01-01 1.39</c>, parted by semicolons.</summary>
    public string Rates { get; init; } = string.Empty;

    internal IReadOnlyList<Sale> Sold =>
        [.. Sales.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Sale.Parse)];

    public IReadOnlyList<(string Figure, IReadOnlyList<string> Months)> Figures =>
    [
        .. Expected.Split(';', StringSplitOptions.TrimEntries).Select(figure => figure.Split(' '))
            .Select(words => (words[0], (IReadOnlyList<string>)[.. words[1..].Select(Cents)])),
    ];

    public int Months => Figures.Max(figure => figure.Months.Count);

    public IReadOnlyList<(string Base, string Quote, string From, string Rate)> Quotes =>
    [
        .. Rates.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(rate => rate.Split(' ', '-')).Select(words => (words[0], words[1], $"2026-{words[2]}-{words[3]}", words[4])),
    ];

    /// <summary>The plan as it is sent.</summary>
    /// <param name="id">With its id, where it is drafted.</param>
    public string PlanJson(string? id = null) => $$"""
        {{{(id is null ? string.Empty : $"\"id\":\"{id}\",")}}"name":"Plan","currency":"{{Currency}}","period":"{{Period}}",{{Plan}}}
        """;

    public static string Money(string amount, string currency) => $$"""{"amount":"{{Cents(amount)}}","currency":"{{currency}}"}""";

    public static string Cents(string amount) =>
        decimal.Parse(amount, CultureInfo.InvariantCulture).ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>
/// A sale: day and amount, then what there is to say of it: <c>cash=day:amount,…</c>, <c>off=day</c> for its cancellation,
/// <c>note=day:amount</c> for a credit note, <c>units=12</c> of a scanner, <c>share=70</c> percent, <c>in=GBP</c>.
/// </summary>
internal sealed record Sale(string On, string Amount, string Currency)
{
    public IReadOnlyList<(string On, string Amount)> Cash { get; private init; } = [];

    public (string On, string Amount)? Note { get; private init; }

    public string? CancelledOn { get; private init; }

    public string? Units { get; private init; }

    public string? Share { get; private init; }

    public bool HasContract => Cash is not [] || Note is not null;

    public static Sale Parse(string text)
    {
        var words = text.Split(' ');
        var sale = new Sale($"2026-{words[0]}", words[1], "USD");
        foreach (var word in words[2..])
        {
            var value = word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..];
            sale = word[..word.IndexOf('=', StringComparison.Ordinal)] switch
            {
                "cash" => sale with { Cash = [.. value.Split(',').Select(Dated)] },
                "note" => sale with { Note = Dated(value) },
                "off" => sale with { CancelledOn = $"2026-{value}" },
                "units" => sale with { Units = value },
                "share" => sale with { Share = value },
                "in" => sale with { Currency = value },
                _ => throw new FormatException(word),
            };
        }

        return sale;
    }

    /// <summary>The credits of it in a calculation.</summary>
    public IEnumerable<string> Credits(string id)
    {
        yield return $$"""
            {"id":"{{id}}","on":"{{On}}","amount":{{Example.Money(Amount, Currency)}}{{Member("percent", Share)}}{{Member("units", Units)}}
             {{Member("cancelledOn", CancelledOn)}}
             {{(Cash is [] ? string.Empty : $",\"collected\":[{string.Join(',', Cash.Select(Receipt))}]")}}}
            """;
        if (Note is var (on, amount))
        {
            yield return $$"""{"id":"{{id}}-note","on":"{{on}}","amount":{{Example.Money($"-{amount}", Currency)}}{{Member("percent", Share)}}}""";
        }

        string Receipt((string On, string Amount) cash) =>
            $$"""{"on":"{{cash.On}}","amount":{{Example.Money(cash.Amount, Currency)}}}""";

        static string Member(string name, string? value) => value is null ? string.Empty : $",\"{name}\":\"{value}\"";
    }

    private static (string On, string Amount) Dated(string text) =>
        text.Split(':') is [var on, var amount] ? ($"2026-{on}", amount) : throw new FormatException(text);
}
