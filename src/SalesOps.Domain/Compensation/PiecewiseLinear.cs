namespace SalesOps.Domain.Compensation;

/// <summary>A function made of straight pieces, each with its value at its start and an exact slope; it may jump.</summary>
internal sealed class PiecewiseLinear
{
    private readonly Piece[] _pieces;

    private PiecewiseLinear(List<Piece> pieces) => _pieces = [.. pieces];

    /// <summary>The value; before the first piece its slope goes on, so that a negative total mirrors.</summary>
    public decimal At(decimal x)
    {
        var last = 0;
        for (var index = 1; index < _pieces.Length && _pieces[index].From <= x; index++)
        {
            last = index;
        }

        var piece = _pieces[last];
        return piece.Start + ((x - piece.From) * piece.Rise / piece.Run);
    }

    /// <summary>The integral from 0 of rates, each from its bound on, times the factors of their bands.</summary>
    /// <param name="rates">In the order of their bounds, over one denominator; the first counts below its bound too.</param>
    /// <param name="factors">In the order of their bounds; 1 below the first.</param>
    public static PiecewiseLinear OfRates(
        (decimal From, decimal Rate)[] rates, decimal denominator, (decimal From, decimal Factor)[] factors)
    {
        var bounds = rates.Select(rate => rate.From).Concat(factors.Select(factor => factor.From))
            .Where(bound => bound > 0).Append(0).Distinct().Order();
        var pieces = new List<Piece>();
        foreach (var bound in bounds)
        {
            pieces.Add(new(bound, EndOf(pieces, bound), RateAt(rates, bound) * FactorAt(factors, bound), denominator));
        }

        return new(pieces);
    }

    /// <summary>A pay curve: 0 below the first point, flat above the last.</summary>
    public static PiecewiseLinear OfCurve(
        IReadOnlyList<CurvePoint> points, decimal quota, decimal targetVariable, (decimal From, decimal Factor)[] factors)
    {
        var pieces = new List<Piece> { new(0, 0, 0, 1) };
        foreach (var (index, point) in points.Index())
        {
            var from = point.Attainment * quota;
            var jump = index == 0 ? point.Pay * targetVariable * FactorAt(factors, from) : 0;
            if (index == points.Count - 1)
            {
                Add(from, jump, 0, 1);
                break;
            }

            var next = points[index + 1];
            var (rise, run) = ((next.Pay - point.Pay) * targetVariable, (next.Attainment - point.Attainment) * quota);
            Add(from, jump, rise * FactorAt(factors, from), run);
            foreach (var factor in factors.Where(factor => from < factor.From && factor.From < next.Attainment * quota))
            {
                Add(factor.From, 0, rise * factor.Factor, run);
            }
        }

        return new(pieces);

        void Add(decimal from, decimal jump, decimal rise, decimal run)
        {
            var start = EndOf(pieces, from) + jump;
            if (pieces[^1].From == from)
            {
                pieces.RemoveAt(pieces.Count - 1);
            }

            pieces.Add(new(from, start, rise, run));
        }
    }

    private static decimal EndOf(List<Piece> pieces, decimal at) =>
        pieces is [.., var last] ? last.Start + ((at - last.From) * last.Rise / last.Run) : 0;

    private static decimal RateAt((decimal From, decimal Rate)[] rates, decimal at)
    {
        var rate = rates[0].Rate;
        foreach (var next in rates.AsSpan(1))
        {
            rate = next.From <= at ? next.Rate : rate;
        }

        return rate;
    }

    private static decimal FactorAt((decimal From, decimal Factor)[] factors, decimal at)
    {
        decimal factor = 1;
        foreach (var next in factors)
        {
            factor = next.From <= at ? next.Factor : factor;
        }

        return factor;
    }

    /// <summary>From a point on: a value, and a slope of rise ÷ run.</summary>
    private readonly record struct Piece(decimal From, decimal Start, decimal Rise, decimal Run);
}
