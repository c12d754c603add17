namespace SalesOps.Domain.Compensation;

/// <summary>What a step along an accumulator earns.</summary>
/// <param name="Own">By what is added itself.</param>
/// <param name="TrueUp">On all that was there before, by moving a rate that counts for it too.</param>
/// <param name="Rate">The rate applied; an average where several tiers are passed.</param>
/// <param name="PreviousRate">The rate that counted before, where there is a true-up.</param>
/// <param name="Factor">The average factor of the bands passed; absent without multipliers.</param>
internal readonly record struct PayStep(decimal Own, decimal TrueUp, decimal? Rate, decimal? PreviousRate, decimal? Factor);

/// <summary>
/// A component's rates or curve with quota and target variable put in: pay as a function of the accumulator
/// (RULES R11, R12). Quotients are taken last, so that exact cents stay exact.
/// </summary>
internal sealed class PayTable
{
    private readonly RateKind? _kind;
    private readonly bool _byCount;
    private readonly bool _isHigherAtBound;

    /// <summary>The rates as numerators over one denominator.</summary>
    private readonly (decimal From, decimal Rate)[] _tiers;
    private readonly decimal _denominator = 1;
    private readonly GateRates? _gate;
    private readonly decimal _gateAt;
    private readonly decimal _quota;

    /// <summary>Pay where it is a function of the total alone: marginal tiers and curves.</summary>
    private readonly PiecewiseLinear? _pay;

    /// <summary>The total with the factors of its bands; absent without multipliers.</summary>
    private readonly PiecewiseLinear? _factored;

    /// <param name="quota">Above 0 where the component needs one.</param>
    public PayTable(Component component, decimal? quota, decimal? targetVariable)
    {
        _quota = quota ?? 0;
        var factors = component.Multipliers.Select(multiplier => (From: multiplier.From * _quota, multiplier.Factor)).ToArray();
        _factored = factors is [] ? null : PiecewiseLinear.OfRates([(0, 1)], 1, factors);
        if (component.PayCurve.Count > 0)
        {
            _tiers = [];
            _pay = PiecewiseLinear.OfCurve(component.PayCurve, _quota, targetVariable ?? 0, factors);
            return;
        }

        var table = component.Rates!;
        _kind = table.Kind;
        _byCount = table.Unit == RateUnit.Count && component.Measure != Measure.Units;
        _isHigherAtBound = table.Boundary == TierBoundary.Higher;
        var scale = table.Unit == RateUnit.Attainment ? _quota : 1;
        _denominator = table.Tiers.Any(tier => tier.Multiplier is not null) ? _quota : 1;
        _tiers =
        [
            .. table.Tiers.Select(tier => (
                tier.From * scale,
                tier.Multiplier is { } multiplier ? multiplier * (targetVariable ?? 0) : (tier.Rate ?? 0) * _denominator)),
        ];
        if (_kind == RateKind.RetroToGate)
        {
            _gate = table.RetroToGate;
            _gateAt = table.RetroToGate!.Gate * scale;
        }
        else if (_kind == RateKind.Marginal && !_byCount)
        {
            _pay = PiecewiseLinear.OfRates(_tiers, _denominator, factors);
        }
    }

    /// <summary>Whether what is added is paid by its own rate, so that taking it back takes that rate back.</summary>
    public bool PaysByDeal => _pay is null && (_kind == RateKind.WholeDeal || (_kind == RateKind.Marginal && _byCount));

    /// <summary>What it earns to come from one total to another, and from one number of deals to another.</summary>
    public PayStep Step(decimal before, decimal after, int countBefore, int countAfter)
    {
        var value = after - before;
        var factored = Factored(after) - Factored(before);
        var factor = _factored is null || value == 0 ? (decimal?)null : factored / value;
        if (_pay is not null)
        {
            var own = _pay.At(after) - _pay.At(before);
            return new(own, 0, value == 0 ? null : own / value, null, factor);
        }

        if (PaysByDeal)
        {
            var rate = _kind == RateKind.WholeDeal
                ? RateAt(_byCount ? countAfter : after)
                : RateAt(Math.Min(countBefore, countAfter), isHigherAtBound: true);
            return new(factored * rate / _denominator, 0, rate / _denominator, null, factor);
        }

        var (then, now) = (RegimeAt(before, countBefore), RegimeAt(after, countAfter));
        return new(
            Whole(after, now) - Whole(before, now),
            Whole(before, now) - Whole(before, then),
            value == 0 ? now / _denominator : (Whole(after, now) - Whole(before, now)) / value,
            now == then ? null : then / _denominator,
            factor);
    }

    /// <summary>All that a total earns; 0 for tables that pay by the deal.</summary>
    public decimal Total(decimal total, int count) => _pay is not null ? _pay.At(total)
        : PaysByDeal ? 0
        : Whole(total, RegimeAt(total, count));

    /// <summary>The rate on all that counts at a total: what moves it moves earlier pay.</summary>
    private decimal RegimeAt(decimal total, int count) => _gate is null
        ? RateAt(_byCount ? count : total)
        : IsReached(_gateAt, _byCount ? count : total) ? _gate.Rate : _gate.BaseRate;

    private decimal Whole(decimal total, decimal rate)
    {
        if (_gate is not null && rate == _gate.Rate && _quota > 0 && total > _quota)
        {
            return (rate * Factored(_quota)) + (_gate.OverRate * (Factored(total) - Factored(_quota)));
        }

        return Factored(total) * rate / _denominator;
    }

    private decimal Factored(decimal total) => _factored?.At(total) ?? total;

    private decimal RateAt(decimal position) => RateAt(position, _isHigherAtBound);

    private decimal RateAt(decimal position, bool isHigherAtBound)
    {
        var rate = _tiers[0].Rate;
        foreach (var tier in _tiers.AsSpan(1))
        {
            if (isHigherAtBound ? tier.From > position : tier.From >= position)
            {
                break;
            }

            rate = tier.Rate;
        }

        return rate;
    }

    private bool IsReached(decimal bound, decimal position) => _isHigherAtBound ? position >= bound : position > bound;
}
