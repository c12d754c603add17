using FsCheck.Fluent;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Reps;
using SalesOps.Domain.Tests.Properties;
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests.Forecasts;

public sealed class ForecastRollUpTests
{
    [Fact]
    public void Cumulative_categories_add_up_and_the_open_pipeline_is_without_closed()
    {
        Dictionary<ForecastCategory, decimal> single = new()
        {
            [ForecastCategory.Closed] = 50,
            [ForecastCategory.Commit] = 100,
            [ForecastCategory.BestCase] = 150,
            [ForecastCategory.Pipeline] = 200,
        };
        Assert.Equal(
            [50m, 150m, 150m, 300m, 450m],
            Enum.GetValues<CumulativeCategory>().Select(category =>
                CumulativeForecast.Of(category, part => single.GetValueOrDefault(part))));
    }

    [Fact]
    public void A_manager_rolls_up_what_is_said_of_the_direct_reports_after_adjustment()
    {
        var nodes = ForecastRollUp.Of(
            [(Ada, Rep(null)), (Ben, Rep(Ada)), (Cleo, Rep(Ben))],
            [
                Said(Ada, [Call(10)], []),
                Said(Ben, [Call(100)], [Adjusted(AdjustmentSide.Owner, 160, 150), Adjusted(AdjustmentSide.Manager, 130, 160, Ada)]),
                Said(Cleo, [Call(60)], [Adjusted(AdjustmentSide.Manager, 50, 55, Ben)]),
            ],
            []);
        Assert.Equal([Ada, Ben, Cleo], nodes.Select(node => node.Id!.Value));
        var (ada, ben, cleo) = (Of(nodes, Ada), Of(nodes, Ben), Of(nodes, Cleo));
        Assert.Equal((60m, 60m, 60m, 50m), (cleo.Own, cleo.Rolled, cleo.OwnerView, cleo.ManagerView));
        Assert.Equal((160m, 150m, 160m, 130m), (ben.Raw, ben.Rolled, ben.OwnerView, ben.ManagerView));
        Assert.Equal((170m, 140m, 140m, 140m), (ada.Raw, ada.Rolled, ada.OwnerView, ada.ManagerView));

        // Made on 55, and it is 60 now; the other two stand on what they were made on.
        Assert.Equal([true], cleo.Adjustments.Select(one => one.IsStale));
        Assert.Equal([false, false], ben.Adjustments.Select(one => one.IsStale));
    }

    [Fact]
    public void Deals_stand_where_nothing_was_submitted_and_nobody_inherits_an_adjustment_by_a_move()
    {
        var nodes = ForecastRollUp.Of(
            [(Ada, Rep(null)), (Ben, Rep(null)), (Cleo, Rep(Ben))],
            [Said(Cleo, [], [Adjusted(AdjustmentSide.Manager, 50, 55, Ada)])],
            [
                new(Cleo, ForecastCategory.Commit, Usd(70)),
                new(Cleo, ForecastCategory.Commit, new(9, "EUR")),
                new(null, ForecastCategory.Commit, Usd(5)),
            ]);
        Assert.Equal((70m, 70m, 0), (Of(nodes, Cleo).Own, Of(nodes, Cleo).ManagerView, Of(nodes, Cleo).Adjustments.Count));
        Assert.Equal(9, nodes.Single(node => node.Id == Ben).Find(ForecastCategory.Commit, "EUR")!.Raw);
        Assert.Equal(5, nodes.Single(node => node.Id is null).Find(ForecastCategory.Commit, "USD")!.Raw);
    }

    /// <summary>Over any organisation and any adjustments: the figures are the sums that RULES R2 says.</summary>
    [Fact]
    public void The_roll_up_is_the_sum_of_views_and_no_view_has_what_was_adjusted_above() =>
        Prop.ForAll<byte[], (byte Who, byte Side, short To)[]>((managers, adjustments) =>
        {
            var reps = managers.Select((manager, index) => (Id(index), Rep(index == 0 ? null : Id(manager % index)))).ToArray();
            var forecasts = reps.Select((rep, index) => Said(
                rep.Item1, [Call(managers[index])],
                [
                    .. adjustments.Where(made => made.Who % reps.Length == index).GroupBy(made => made.Side % 2)
                        .Select(made => Adjusted(
                            (AdjustmentSide)made.Key, made.First().To, 0, made.Key == 1 ? rep.Item2.ManagerId : null)),
                ])).ToArray();
            var nodes = ForecastRollUp.Of(reps, forecasts, []);
            Assert.Equal(reps.Length, nodes.Count);
            foreach (var node in nodes)
            {
                var figure = Of(nodes, node.Id!.Value);
                var below = nodes.Where(other => other.Rep?.ManagerId == node.Id).Select(other => Of(nodes, other.Id!.Value)).ToArray();
                Assert.Equal(figure.Own + below.Sum(child => child.ManagerView), figure.Rolled);
                Assert.Equal(figure.Own + below.Sum(child => child.Raw), figure.Raw);

                // As the rep sees it nothing changes when all that was adjusted above goes away.
                var own = ForecastRollUp.Of(
                    reps,
                    [
                        .. forecasts.Select(forecast => forecast.OwnerId != node.Id ? forecast : forecast with
                        {
                            Said = forecast.Said with
                            {
                                Adjustments =
                                [
                                    .. forecast.Said.Adjustments.Where(one => one.Made.Side == AdjustmentSide.Owner),
                                ],
                            },
                        }),
                    ],
                    [], node.Id);
                Assert.Equal(figure.OwnerView, Of(own, node.Id!.Value).OwnerView);
            }

            var tops = nodes.Where(node => node.Level == 0).Sum(node => Of(nodes, node.Id!.Value).Raw);
            Assert.Equal(managers.Sum(call => (decimal)call), tops);
        }).Check();

    private static ForecastFigure Of(IReadOnlyList<ForecastNode> nodes, RepId id) =>
        nodes.Single(node => node.Id == id).Find(ForecastCategory.Commit, "USD")!;

    private static RepId Id(int index) => new($"r{index}");

    private static RepFact Rep(RepId? manager) => RepFact.Of(new Rep { Profile = new("R", ManagerId: manager) })!;

    private static RepForecast Said(RepId id, ValueList<Submission> submissions, ValueList<Adjustment> adjustments) =>
        new(id, new(submissions, adjustments));

    private static Submission Call(decimal amount) => new(new(ForecastCategory.Commit, Usd(amount)), Day(1));

    private static Adjustment Adjusted(AdjustmentSide side, decimal amount, decimal @base, RepId? manager = null) => new(
        new(side, "x", ForecastCategory.Commit, Measure.Bookings, Usd(amount), Usd(@base), 1, "why", manager), Day(2));
}
