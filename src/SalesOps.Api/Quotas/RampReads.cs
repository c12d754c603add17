using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary>Reads how long new reps took to reach their quotas.</summary>
internal static class RampReads
{
    private const int PeriodsMax = 240;

    /// <summary>The reps hired in a range, those without a date only where no range is asked for.</summary>
    /// <param name="inARow">How many periods of an attainment there must be in a row.</param>
    /// <param name="threshold">That attainment; 1 for 100 percent.</param>
    public static async Task<IReadOnlyList<(RepId RepId, RepFact Rep, Ramp Ramp)>> RampsAsync(
        this FactReader facts, DateRange hiredIn, ForecastPeriod length, int inARow, decimal threshold, DateTimeOffset validAt,
        BusinessCalendar calendar, CancellationToken cancellation)
    {
        var organisation = await facts.OrganisationAsync(cancellation);
        var today = calendar.DateOf(validAt);
        var hired = organisation.At(validAt)
            .Where(rep => rep.Rep.HiredOn is not { } on
                ? hiredIn is { From: null, To: null }
                : !(on < hiredIn.From) && !(on >= hiredIn.To))
            .ToArray();
        var first = hired.Select(rep => rep.Rep.HiredOn).OfType<DateOnly>().DefaultIfEmpty(today).Min();
        (string Key, Period Days)[] periods =
        [
            .. PeriodKeys.Within(length, PeriodKeys.Of(length, first).Days.From, today.AddDays(1))
                .Where(one => one.Days.To <= today.AddDays(1)).TakeLast(PeriodsMax),
        ];
        var attained = new List<IReadOnlyDictionary<string, decimal?>>();
        foreach (var (_, days) in periods.Take(hired.Length == 0 ? 0 : periods.Length))
        {
            var attainment = new Attainment(AttainmentGrouping.Rep, organisation, calendar, validAt);
            await facts.AddQuotasAsync(attainment, days, Measure.Bookings, SplitKind.Revenue, validAt, cancellation);
            await facts.AddCreditsAsync(
                attainment, days, Measure.Bookings, SplitKind.Revenue, validAt, territoriesOf: null, cancellation);
            attained.Add(attainment.Items().GroupBy(item => item.Key, StringComparer.Ordinal).ToDictionary(
                rep => rep.Key, rep => rep.Max(item => item.Figures.Ratio.Value), StringComparer.Ordinal));
        }

        return
        [
            .. hired.Select(rep => (rep.RepId, rep.Rep, Ramp.Of(
                rep.Rep.HiredOn,
                [
                    .. periods.Index().Where(one => one.Item.Days.To > rep.Rep.HiredOn).Select(one => new PeriodAttainment(
                        one.Item.Key, one.Item.Days, attained[one.Index].GetValueOrDefault(rep.RepId.Value))),
                ],
                inARow, threshold))),
        ];
    }
}
