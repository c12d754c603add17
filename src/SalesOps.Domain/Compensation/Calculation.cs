namespace SalesOps.Domain.Compensation;

/// <summary>A credit that is eligible, in the plan's currency.</summary>
internal sealed class EligibleCredit(Credit credit, PlanTerm term, int termIndex)
{
    public Credit Credit => credit;

    public PlanTerm Term => term;

    public int TermIndex => termIndex;

    public Plan Plan => term.Version.Plan;

    /// <summary>The group of credits that one deal's cash pays.</summary>
    public string Deal => credit.DealId ?? credit.Id;

    /// <summary>The credits of the deal on the same level, this one among them; set where cash or a cancellation asks for it.</summary>
    public IReadOnlyList<EligibleCredit> OfDeal { get; set; } = [];

    /// <summary>The person's part, in the plan's currency.</summary>
    public decimal Bookings { get; set; }

    /// <summary>The person's part, in the plan's currency.</summary>
    public decimal Margin { get; set; }

    /// <summary>The person's part.</summary>
    public decimal Units { get; set; }

    public FxConversion? Fx { get; set; }

    /// <summary>Set where the deal was cancelled within the time that is looked at.</summary>
    public DateOnly? CancelledOn { get; set; }

    /// <summary>Whether pay had been released before the period of the cancellation.</summary>
    public bool WasReleased { get; set; }

    /// <summary>What had been paid when nothing more fell due because of the cancellation.</summary>
    public decimal Paid { get; set; }

    /// <summary>Taken back as if it had not been, since nothing had been paid.</summary>
    public bool IsWalkedDown => CancelledOn is not null && !WasReleased;

    public decimal Of(Measure measure) => measure switch
    {
        Measure.Units => Units,
        Measure.Margin => Margin,
        _ => Bookings,
    };
}

/// <summary>A line before it is rounded.</summary>
internal sealed class RawLine(EligibleCredit? credit, string component, string rule, LinePart part, DateOnly on)
{
    public EligibleCredit? Credit => credit;

    public string Component => component;

    public string Rule => rule;

    public LinePart Part => part;

    public DateOnly On => on;

    public required PlanVersion Version { get; init; }

    public required DateOnly OriginPeriod { get; init; }

    public required LineInputs Inputs { get; init; }

    public EligibleCredit? TrueUpOf { get; init; }

    public bool NonCash { get; init; }

    public Caps? Caps { get; init; }

    /// <summary>Where it was reckoned; absent for SPIFFs and overrides.</summary>
    public Accumulator? Accumulator { get; init; }

    /// <summary>The last of an accumulator's credits is taken back: what was posted goes to 0 to the cent.</summary>
    public bool Empties { get; init; }

    public decimal Amount { get; set; }

    public decimal Foregone { get; set; }

    public EligibleCredit? Earner => TrueUpOf ?? credit;
}

/// <summary>What the steps of a calculation hand on to each other.</summary>
internal sealed class Calculation(CompensationInput input, PayCalendar pay)
{
    /// <summary>So many decimals of an amount are exact, however it was divided: further ones are the division's own.</summary>
    private const int ExactDecimals = 15;

    private readonly int _decimals = Currencies.DecimalsOf(input.Terms[0].Version.Plan.Currency);

    public CompensationInput Input => input;

    public PayCalendar Pay => pay;

    private readonly MidpointRounding _half = input.Terms[0].Version.Plan.Rounding == HalfRounding.HalfEven
        ? MidpointRounding.ToEven
        : MidpointRounding.AwayFromZero;

    public string Currency { get; } = input.Terms[0].Version.Plan.Currency;

    /// <summary>In the order in which they count: date, instant, id.</summary>
    public List<EligibleCredit> Credits { get; } = [];

    public List<RawLine> Raw { get; } = [];

    public List<CompensationLine> Lines { get; } = [];

    public List<Movement> Movements { get; } = [];

    /// <summary>What a cancelled credit's pay comes to by the rates of the period of the cancellation.</summary>
    public Dictionary<EligibleCredit, decimal> AtCurrentRates { get; } = [];

    public AccumulatorBook Accumulators { get; } = new(input);

    /// <summary>To the plan's currency, a half as the plan says (RULES R24).</summary>
    /// <remarks>A third of something times three may lie a last digit below a half: it counts as the half that it is.</remarks>
    public decimal Round(decimal amount) => amount.Scale <= _decimals ? amount : decimal.Round(
        amount.Scale > ExactDecimals ? decimal.Round(amount, ExactDecimals, MidpointRounding.AwayFromZero) : amount,
        _decimals, _half);

    /// <summary>At the rate of a day; <see cref="CompensationEngine.Refuse"/> has seen to it that there is one.</summary>
    public decimal InPlanCurrency(Money money, DateOnly on) => money.Amount == 0 || money.Currency == Currency
        ? money.Amount
        : money.Amount * (input.Rates.Find(money.Currency, Currency, on)
            ?? throw new InvalidOperationException($"There is no rate for {money.Currency} on {on:O}.")).Rate;

    /// <summary>The term in force on a day; null where none is.</summary>
    public int? TermAt(DateOnly date)
    {
        for (var index = input.Terms.Count - 1; index >= 0; index--)
        {
            if (input.Terms[index].From <= date)
            {
                return input.Terms[index].To is { } to && to <= date ? null : index;
            }
        }

        return null;
    }

    /// <summary>A line that no accumulator moves, and its reversal where the credit is walked down.</summary>
    public void AddFixed(
        EligibleCredit credit, string component, string rule, LineInputs inputs, decimal amount, bool nonCash)
    {
        Raw.Add(Line(LinePart.Own, credit.Credit.On, amount));
        if (credit.IsWalkedDown)
        {
            Raw.Add(Line(LinePart.Cancelled, credit.CancelledOn!.Value, -amount));
        }

        RawLine Line(LinePart part, DateOnly on, decimal amount) => new(credit, component, rule, part, on)
        {
            Version = credit.Term.Version,
            OriginPeriod = credit.Plan.PeriodOf(credit.Credit.On).From,
            Inputs = inputs,
            NonCash = nonCash,
            Amount = amount,
        };
    }
}
