using SalesOps.Domain.Forecasts;

namespace SalesOps.Domain.Catalog;

/// <summary>What a chosen metric is reckoned by.</summary>
public enum MetricMeasure
{
    /// <summary>Won ÷ (won + lost) by count (RULES R7).</summary>
    WinRate,
    WinRateByValue,
    Bookings,
    DealsWon,

    /// <summary>The mean amount of won deals.</summary>
    AverageDeal,

    /// <summary>The mean days from creation to close of won deals (RULES R8).</summary>
    Cycle,

    /// <summary>The share of quota holders at or above 100 percent (RULES R10).</summary>
    AttainmentRate,

    /// <summary>Sales and marketing cost ÷ new customers (RULES R28), where the cost is of one currency.</summary>
    Cac,

    /// <summary>ARPA · gross margin ÷ churn.</summary>
    Ltv,

    /// <summary>CAC ÷ (ARPA · gross margin), in months.</summary>
    Payback,

    /// <summary>What is left of the yearly revenue under contract, without growth (RULES R26).</summary>
    GrossRetention,

    /// <summary>The same with growth.</summary>
    NetRetention,

    /// <summary>What was renewed of what was up for renewal.</summary>
    RenewalRate,

    /// <summary>WAPE of the reps' last calls before the end of each period that begins in it (RULES R9).</summary>
    ForecastWape,

    /// <summary>The mean days that the reps hired in it took to ramp, sustained (RULES R8); of those who have.</summary>
    Ramp,
}

/// <summary>On which side of its target a metric should be.</summary>
public enum MetricDirection
{
    Higher,
    Lower,
}

/// <summary>A metric as chosen.</summary>
/// <param name="Definition">What it says, in words.</param>
/// <param name="Length">How long the periods are that it is looked at in.</param>
/// <param name="Measure">What it is reckoned by; absent for one that is kept in words only.</param>
/// <param name="Target">In the unit of the measure.</param>
/// <param name="Benchmark">What others reach.</param>
/// <param name="BenchmarkSource">Who says so.</param>
/// <param name="Owner">Who answers for it.</param>
public sealed record MetricTerms(
    string Name,
    string Definition,
    ForecastPeriod Length,
    MetricDirection Direction,
    MetricMeasure? Measure = null,
    decimal? Target = null,
    decimal? Benchmark = null,
    string? BenchmarkSource = null,
    string? Owner = null)
{
    /// <summary>Whether another is the same definition: a target, a benchmark or an owner doesn't make another of it.</summary>
    public bool DefinesTheSameAs(MetricTerms other) => (Definition, Measure, Length) == (other.Definition, other.Measure, other.Length);

    /// <summary>Whether a value is where the target wants it; absent without a target.</summary>
    public bool? IsMetBy(decimal value) => Target is not { } target ? null
        : Direction == MetricDirection.Higher ? value >= target
        : value <= target;
}

/// <summary>What happened to a metric of the catalogue.</summary>
public abstract record MetricEvent
{
    private MetricEvent()
    {
    }

    public sealed record Described(MetricTerms Terms) : MetricEvent;

    /// <summary>It is no longer looked at, and stays readable.</summary>
    public sealed record Retired : MetricEvent;
}

/// <summary>A metric at one instant.</summary>
/// <param name="DefinitionVersion">Counts definitions from 1.</param>
public sealed record Metric(MetricTerms? Terms, int DefinitionVersion, bool IsRetired)
{
    public static Decider<Metric, MetricEvent> Decider { get; } = new(new Metric(null, 0, false), Evolve, Admit);

    private static Metric Evolve(Metric state, Fact<MetricEvent> fact) => fact.Event switch
    {
        MetricEvent.Described e => new(
            e.Terms, state.Terms is { } before && before.DefinesTheSameAs(e.Terms) ? state.DefinitionVersion : state.DefinitionVersion + 1,
            IsRetired: false),
        MetricEvent.Retired => state with { IsRetired = true },
        _ => state,
    };

    private static Rejection? Admit(Metric state, MetricEvent @event) => @event is MetricEvent.Retired && state.Terms is null
        ? Rejection.Conflict("metric-not-described-yet", "The metric was not described yet at that time.")
        : null;
}

/// <summary>Says what a metric is from a time on, and whether it is looked at.</summary>
public sealed record DescribeMetric(MetricTerms Terms, bool Retired)
{
    public static Decision<MetricEvent> Decide(Metric state, DescribeMetric command)
    {
        if ((InputRules.Text(command.Terms.Name, "/name")
            ?? InputRules.Text(command.Terms.Definition, "/definition")
            ?? InputRules.Text(command.Terms.BenchmarkSource, "/benchmarkSource")
            ?? InputRules.Text(command.Terms.Owner, "/owner")) is { } refusal)
        {
            return refusal;
        }

        var isNew = state.Terms != command.Terms || (state.IsRetired && !command.Retired);
        IReadOnlyList<MetricEvent> events =
        [
            .. isNew ? [new MetricEvent.Described(command.Terms)] : Array.Empty<MetricEvent>(),
            .. command.Retired && (isNew || !state.IsRetired) ? [new MetricEvent.Retired()] : Array.Empty<MetricEvent>(),
        ];
        return events is [] ? Decision<MetricEvent>.Nothing : Decision<MetricEvent>.Accept(events);
    }
}
