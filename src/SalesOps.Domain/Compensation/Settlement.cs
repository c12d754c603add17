namespace SalesOps.Domain.Compensation;

/// <summary>
/// Settles pay periods one after another: what fell due, less what is recovered, with draws (RULES R16, R18). Balances run
/// from each to the next.
/// </summary>
internal sealed class Settlement(Calculation calculation)
{
    private readonly List<CompensationLine>[] _lines = new List<CompensationLine>[calculation.Pay.Count];
    private readonly List<Movement>[] _movements = new List<Movement>[calculation.Pay.Count];
    private decimal _receivable;
    private decimal _drawn;

    /// <summary>What fell due in the plan period before the pay period that ends it.</summary>
    private decimal _earlier;

    /// <summary>Every pay period, in order.</summary>
    public PeriodResult[] Run()
    {
        for (var index = 0; index < calculation.Pay.Count; index++)
        {
            (_lines[index], _movements[index]) = ([], []);
        }

        foreach (var line in calculation.Lines)
        {
            _lines[calculation.Pay.IndexOf(line.On)].Add(line);
        }

        foreach (var movement in calculation.Movements.Where(movement => movement.On < calculation.Pay.End))
        {
            _movements[calculation.Pay.IndexOf(movement.On)].Add(movement);
        }

        var credited = new decimal[calculation.Pay.Count];
        var measure = calculation.Input.Terms[0].Version.Plan.Components is [{ Measure: Measure.Margin }, ..]
            ? Measure.Margin
            : Measure.Bookings;
        foreach (var credit in calculation.Credits.Where(credit => credit.Credit.Level == 0))
        {
            credited[calculation.Pay.IndexOf(credit.Credit.On)] += credit.Of(measure);
            if (credit.IsWalkedDown)
            {
                credited[calculation.Pay.IndexOf(credit.CancelledOn!.Value)] -= credit.Of(measure);
            }
        }

        return [.. Enumerable.Range(0, calculation.Pay.Count).Select(index => Settle(index, credited[index]))];
    }

    private PeriodResult Settle(int index, decimal credited)
    {
        var period = calculation.Pay[index];
        var last = period.To.AddDays(-1);
        var movements = _movements[index];
        var due = SumOf(MovementKind.Released) - SumOf(MovementKind.Held) + SumOf(MovementKind.HoldbackReleased);
        var clawback = SumOf(MovementKind.ClawedBack);
        _receivable += clawback;

        var term = TermOf(period);
        var version = calculation.Input.Terms[term ?? 0].Version;
        var pay = due;
        if (due < 0)
        {
            _receivable -= due;
            Move(MovementKind.Overdrawn, -due, "overdrawn");
            pay = 0;
        }

        var recovered = calculation.Round(Math.Min(_receivable, pay * (version.Plan.Clawback?.MaxRecoveryShare ?? 1)));
        _receivable -= recovered;
        pay -= recovered;
        Move(MovementKind.ClawbackNetted, recovered, "clawback");

        var (topUp, repaid, forgiven) = (0m, 0m, 0m);
        if (term is not null && version.Plan.Draw is { } draw)
        {
            if (version.Plan.PeriodOf(last).To == period.To)
            {
                (topUp, repaid) = Draw(draw, pay);
            }

            if (draw.ForgiveOn is { } day && period.Contains(day))
            {
                forgiven = _drawn;
                _drawn = 0;
            }

            Move(draw.Recoverable ? MovementKind.DrawAdvanced : MovementKind.DrawGranted, topUp, "draw");
            Move(MovementKind.DrawRecovered, repaid, "draw");
            Move(MovementKind.DrawForgiven, forgiven, "draw", draw.ForgiveOn);
        }

        _earlier = version.Plan.PeriodOf(last).To == period.To ? 0 : _earlier + pay;
        var lines = _lines[index];
        return new(period)
        {
            Lines = [.. lines.OrderBy(line => line.On)],
            Movements = movements,
            Standings = StandingsOf(version.Plan, term ?? 0, last),
            Credited = credited,
            Earned = lines.Where(line => !line.NonCash).Sum(line => line.Amount),
            NonCash = lines.Where(line => line.NonCash).Sum(line => line.Amount),
            Foregone = lines.Sum(line => line.Foregone),
            Held = SumOf(MovementKind.Held),
            Released = SumOf(MovementKind.HoldbackReleased),
            Due = due,
            Clawback = clawback,
            ClawbackRecovered = recovered,
            ClawbackBalance = _receivable,
            DrawTopUp = topUp,
            DrawRecovered = repaid,
            DrawForgiven = forgiven,
            DrawBalance = _drawn,
            Paid = pay + topUp - repaid,
        };

        decimal SumOf(MovementKind kind)
        {
            decimal sum = 0;
            foreach (var movement in movements)
            {
                sum += movement.Kind == kind ? movement.Amount : 0;
            }

            return sum;
        }

        void Move(MovementKind kind, decimal amount, string rule, DateOnly? on = null)
        {
            if (amount != 0)
            {
                movements.Add(new(kind, on ?? last, amount, rule, version.Plan.PeriodOf(last).From, version));
            }
        }
    }

    /// <summary>What a draw adds at the end of a plan period, and what of its balance is paid back.</summary>
    private (decimal TopUp, decimal Repaid) Draw(Draw draw, decimal pay)
    {
        var earned = _earlier + pay;
        var topUp = draw.Kind == DrawKind.Additional ? draw.Amount : Math.Max(0, draw.Amount - earned);
        // Where a guarantee fills up, nothing is left to pay back with.
        var free = draw.Kind == DrawKind.Guarantee && topUp > 0 ? 0 : Math.Max(0, earned - (draw.RecoverAbove ?? draw.Amount));
        var repaid = calculation.Round(Math.Min(Math.Min(_drawn, (draw.RecoveryRate ?? 1) * free), pay));
        _drawn += (draw.Recoverable ? topUp : 0) - repaid;
        return (topUp, repaid);
    }

    /// <summary>The last term in force in a period; null where none is.</summary>
    private int? TermOf(Period period)
    {
        var terms = calculation.Input.Terms;
        for (var index = terms.Count - 1; index >= 0; index--)
        {
            if (terms[index].From < period.To && (terms[index].To ?? DateOnly.MaxValue) > period.From)
            {
                return index;
            }
        }

        return null;
    }

    private ComponentStanding[] StandingsOf(Plan plan, int term, DateOnly last)
    {
        var terms = calculation.Accumulators.TermsOf(plan.PeriodOf(last));
        return
        [
            .. plan.Components.Select(component => new ComponentStanding(
                component.Id, component.Measure, calculation.Accumulators.TotalOf(component.Id, terms.Period.From),
                terms.QuotaOf(term, component.Measure))),
        ];
    }
}
