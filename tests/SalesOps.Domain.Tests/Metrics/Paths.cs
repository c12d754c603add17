using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Tests.Metrics;

/// <summary>Deals with the way that they came, for the tests of metrics.</summary>
internal static class Paths
{
    public static StageOrder Order { get; } = OrderOf("a", "b", "c", "d", "e");

    public static StageOrder OrderOf(params string[] stages) => new(new PipelineFact(
        "P", [.. stages.Select(stage => new StageFact(new(stage), stage.ToUpperInvariant(), 0.5m, ForecastCategory.Pipeline))]));

    /// <summary><c>a1 b3 c10 won20</c>: in stage a on the first of January, and so on; won or lost at the end, or open.</summary>
    public static DealPath Path(string text, Money? amount = null, DateOnly? expectedClose = null)
    {
        var steps = text.Split(' ');
        var (status, closed) = steps[^1] switch
        {
            ['w', 'o', 'n', .. var day] => (DealStatus.Won, (DateOnly?)Date(day)),
            ['l', 'o', 's', 't', .. var day] => (DealStatus.Lost, Date(day)),
            _ => (DealStatus.Open, null),
        };
        StageVisit[] visits =
        [
            .. (status == DealStatus.Open ? steps : steps[..^1])
                .Select(step => new StageVisit(new(step[..1]), BusinessCalendar.Utc.StartOf(Date(step[1..])))),
        ];
        return new(
            new("d1"), "D", status, Pipeline.DefaultId, Examples.Ada, amount, null, expectedClose,
            BusinessCalendar.Utc.DateOf(visits[0].EnteredAt), closed, null, null, [], visits, 0, expectedClose, amount?.Amount);
    }

    private static DateOnly Date(string day) =>
        new DateOnly(2025, 12, 31).AddDays(int.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
}
