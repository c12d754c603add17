using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary>The figures of open deals as the API shows them.</summary>
/// <param name="WithoutAmount">Deals that have no amount yet.</param>
/// <param name="Weighted">Amounts times the probability of the stage.</param>
/// <param name="WithoutProbability">Deals with an amount that no probability weighs.</param>
/// <param name="Omitted">Deals that are omitted from the forecast, and so from what is weighted.</param>
internal sealed record PipelineFigures(
    long Deals, long WithoutAmount, IReadOnlyList<Money> Amounts, IReadOnlyList<Money> Weighted,
    long WithoutProbability, long Omitted)
{
    public static PipelineFigures Of(PipelineTally tally) => new(
        tally.Deals, tally.WithoutAmount, tally.Amounts.Rounded, tally.Weighted.Rounded, tally.WithoutProbability,
        tally.Omitted);
}

/// <summary>The figures of one group.</summary>
internal sealed record PipelineGroupView(
    string Key, string? Label, long Deals, long WithoutAmount, IReadOnlyList<Money> Amounts,
    IReadOnlyList<Money> Weighted, long WithoutProbability, long Omitted)
{
    public static PipelineGroupView Of(PipelineGroup group)
    {
        var (deals, withoutAmount, amounts, weighted, withoutProbability, omitted) = PipelineFigures.Of(group.Tally);
        return new(group.Key, group.Label, deals, withoutAmount, amounts, weighted, withoutProbability, omitted);
    }
}

/// <summary>A line of a pipeline as CSV: a group in one currency.</summary>
internal sealed record PipelineLine(DateTimeOffset At, PipelineGroupView Group, string? Currency)
{
    public static IReadOnlyList<CsvColumn<PipelineLine>> Columns { get; } =
    [
        CsvColumn<PipelineLine>.Instant("at", line => line.At),
        CsvColumn<PipelineLine>.Text("key", line => line.Group.Key),
        CsvColumn<PipelineLine>.Text("label", line => line.Group.Label),
        CsvColumn<PipelineLine>.Number("deals", line => line.Group.Deals),
        CsvColumn<PipelineLine>.Number("withoutAmount", line => line.Group.WithoutAmount),
        CsvColumn<PipelineLine>.Text("currency", line => line.Currency),
        CsvColumn<PipelineLine>.Amount("amount", line => In(line.Group.Amounts, line.Currency)),
        CsvColumn<PipelineLine>.Amount("weighted", line => In(line.Group.Weighted, line.Currency)),
    ];

    public static IEnumerable<PipelineLine> Of(DateTimeOffset at, IEnumerable<PipelineGroupView> groups) =>
        from @group in groups
        from currency in @group.Amounts.Select(amount => amount.Currency).DefaultIfEmpty()
        select new PipelineLine(at, @group, currency);

    private static Money? In(IReadOnlyList<Money> amounts, string? currency) =>
        amounts.Where(amount => amount.Currency == currency).Select(amount => (Money?)amount).FirstOrDefault();
}
