namespace SalesOps.Domain.Compensation;

/// <summary>What a component has counted in a plan period, or in a sub-period of it.</summary>
internal sealed class Accumulator(Component component, DateOnly period)
{
    private readonly List<AccumulatorEntry> _entries = [];

    public Component Component { get; set; } = component;

    /// <summary>The plan period's first day.</summary>
    public DateOnly Period => period;

    /// <summary>In the measure of the component.</summary>
    public decimal Total { get; set; }

    /// <summary>The deals in it.</summary>
    public int Count { get; set; }

    /// <summary>The term whose table counted last.</summary>
    public int TermIndex { get; set; } = -1;

    public decimal? Quota { get; set; }

    /// <summary>The sum of the rounded lines.</summary>
    public decimal Posted { get; set; }

    public bool IsEmpty => _entries.Count == 0;

    public IReadOnlyList<AccumulatorEntry> Entries => _entries;

    public void Add(EligibleCredit credit, decimal value, decimal own)
    {
        _entries.Add(new(credit, value, own));
        Total += value;
    }

    /// <summary>Takes a credit out; null where it isn't in.</summary>
    public AccumulatorEntry? Remove(EligibleCredit credit)
    {
        var index = _entries.FindLastIndex(entry => entry.Credit == credit);
        if (index < 0)
        {
            return null;
        }

        var entry = _entries[index];
        _entries.RemoveAt(index);
        Total -= entry.Value;
        return entry;
    }

    /// <summary>Carries attainment into a table with another quota (RULES R20).</summary>
    public void Scale(decimal numerator, decimal denominator)
    {
        Total = Total * numerator / denominator;
        for (var index = 0; index < _entries.Count; index++)
        {
            _entries[index] = _entries[index] with { Value = _entries[index].Value * numerator / denominator };
        }
    }
}

/// <summary>A credit in an accumulator.</summary>
/// <param name="Value">What it adds.</param>
/// <param name="Own">What it earned itself, where it is paid by its own rate.</param>
internal readonly record struct AccumulatorEntry(EligibleCredit Credit, decimal Value, decimal Own);

/// <summary>The terms of one plan period, and how changes among them are reckoned (RULES R20).</summary>
internal sealed class PlanPeriodTerms
{
    private readonly CompensationInput _input;
    private readonly (int Term, int Stage, decimal Days)[] _terms;

    public PlanPeriodTerms(CompensationInput input, Period period)
    {
        _input = input;
        Period = period;
        var terms = new List<(int Term, int Stage, decimal Days)>();
        foreach (var (index, term) in input.Terms.Index())
        {
            var next = index + 1 < input.Terms.Count ? input.Terms[index + 1].From : DateOnly.MaxValue;
            var from = Max(term.From, period.From);
            var to = Min(Min(next, term.To ?? DateOnly.MaxValue), period.To);
            if (from >= to)
            {
                continue;
            }

            var change = term.Version.Plan.OnChange;
            IsBlended |= terms is not [] && change == PlanChange.Blended;
            var stage = terms is [.., var last] ? last.Stage + (change == PlanChange.SplitPeriod ? 1 : 0) : 0;
            terms.Add((index, stage, to.DayNumber - from.DayNumber));
        }

        _terms = [.. terms];
    }

    public Period Period { get; }

    /// <summary>Every table counts over the whole period, by its share of the days.</summary>
    public bool IsBlended { get; }

    /// <summary>The sub-period that a term counts in; 0 where the period isn't split.</summary>
    public int StageOf(int term) => IsBlended ? 0 : Array.Find(_terms, entry => entry.Term == term).Stage;

    /// <summary>The share of quota and target variable that falls to the sub-period of a term, by days.</summary>
    public (decimal Days, decimal Of) ShareOf(int term)
    {
        var stage = StageOf(term);
        return IsBlended || _terms.All(entry => entry.Stage == stage)
            ? (1, 1)
            : (_terms.Where(entry => entry.Stage == stage).Sum(entry => entry.Days), _terms.Sum(entry => entry.Days));
    }

    /// <summary>The terms whose tables count for a credit of a term, each with its weight.</summary>
    public IEnumerable<(int Term, decimal Days, decimal Of)> TablesOf(int term) => IsBlended
        ? _terms.Select(entry => (entry.Term, entry.Days, _terms.Sum(each => each.Days)))
        : [(term, 1m, 1m)];

    /// <summary>The quota of the whole plan period for a measure; null where there is none.</summary>
    public decimal? QuotaOf(int term, Measure measure) =>
        _input.Quotas.FirstOrDefault(quota => quota.Period == Period.From && quota.Measure == measure)?.Amount
        ?? _input.Terms[term].Quota;

    private static DateOnly Min(DateOnly left, DateOnly right) => left < right ? left : right;

    private static DateOnly Max(DateOnly left, DateOnly right) => left > right ? left : right;
}

/// <summary>Every accumulator and every table of a calculation, made when first asked for.</summary>
internal sealed class AccumulatorBook(CompensationInput input)
{
    private readonly Dictionary<DateOnly, PlanPeriodTerms> _periods = [];
    private readonly Dictionary<(DateOnly Period, int Stage, string Component), Accumulator> _accumulators = [];
    private readonly Dictionary<(DateOnly Period, int Term, string Component), PayTable> _tables = [];

    public PlanPeriodTerms TermsOf(Period period)
    {
        if (!_periods.TryGetValue(period.From, out var terms))
        {
            _periods.Add(period.From, terms = new(input, period));
        }

        return terms;
    }

    /// <summary>The accumulator that a component counts in on a date of a term, carried into the term's table.</summary>
    public Accumulator Of(Component component, Plan plan, int term, DateOnly date)
    {
        var terms = TermsOf(plan.PeriodOf(date));
        var key = (terms.Period.From, terms.StageOf(term), component.Id);
        if (!_accumulators.TryGetValue(key, out var accumulator))
        {
            _accumulators.Add(key, accumulator = new(component, terms.Period.From));
        }

        if (accumulator.TermIndex != term)
        {
            var quota = QuotaOf(component, term, terms);
            if (accumulator.TermIndex >= 0 && plan.OnChange == PlanChange.Carry && !terms.IsBlended
                && component.NeedsQuota && accumulator.Quota is > 0 and { } old && quota is > 0 and { } now && old != now)
            {
                accumulator.Scale(now, old);
            }

            (accumulator.TermIndex, accumulator.Quota, accumulator.Component) = (term, quota, component);
        }

        return accumulator;
    }

    /// <summary>The accumulator that a credit was counted in, as it stands; null where it was not.</summary>
    public Accumulator? Find(Component component, EligibleCredit credit)
    {
        var terms = TermsOf(credit.Plan.PeriodOf(credit.Credit.On));
        return _accumulators.GetValueOrDefault((terms.Period.From, terms.StageOf(credit.TermIndex), component.Id));
    }

    public PayTable TableOf(Component component, int term, PlanPeriodTerms terms)
    {
        var key = (terms.Period.From, term, component.Id);
        if (!_tables.TryGetValue(key, out var table))
        {
            _tables.Add(key, table = new(component, QuotaOf(component, term, terms), TargetVariableOf(term, terms)));
        }

        return table;
    }

    /// <summary>All that a component counted in a plan period, over its sub-periods.</summary>
    public decimal TotalOf(string component, DateOnly period) => _accumulators
        .Where(entry => entry.Key.Component == component && entry.Key.Period == period)
        .Sum(entry => entry.Value.Total);

    public decimal? TargetVariableOf(int term, PlanPeriodTerms terms) => Share(input.Terms[term].TargetVariable, term, terms);

    private static decimal? QuotaOf(Component component, int term, PlanPeriodTerms terms) =>
        Share(terms.QuotaOf(term, component.Measure), term, terms);

    private static decimal? Share(decimal? amount, int term, PlanPeriodTerms terms)
    {
        var (days, of) = terms.ShareOf(term);
        return amount * days / of;
    }
}
