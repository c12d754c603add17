namespace SalesOps.Domain.Compensation;

/// <summary>
/// Walks through credits and cancellations in their order: each moves its accumulators, and what the move earns by tier,
/// curve and multipliers is a line (RULES R11, R12).
/// </summary>
internal static class Accumulation
{
    public static void Run(Calculation calculation)
    {
        var own = calculation.Credits.Where(credit => credit.Credit.Level == 0);
        var cancelled = own.Where(credit => credit.CancelledOn is not null)
            .OrderBy(credit => credit.CancelledOn).ToQueue();
        foreach (var credit in own)
        {
            while (cancelled.TryPeek(out var next) && next.CancelledOn < credit.Credit.On)
            {
                Cancel(calculation, cancelled.Dequeue());
            }

            Count(calculation, credit);
        }

        while (cancelled.TryDequeue(out var next))
        {
            Cancel(calculation, next);
        }
    }

    /// <summary>A component pays nothing where the one that gates it did not come far enough in the plan period.</summary>
    public static void ApplyGates(Calculation calculation)
    {
        foreach (var line in calculation.Raw)
        {
            if (line.Accumulator is not { Component.Gate: { } gate } accumulator)
            {
                continue;
            }

            var plan = line.Version.Plan;
            var terms = calculation.Accumulators.TermsOf(plan.PeriodOf(accumulator.Period));
            var quota = terms.QuotaOf(line.Credit!.TermIndex, plan.Find(gate.ComponentId)!.Measure);
            var attainment = calculation.Accumulators.TotalOf(gate.ComponentId, accumulator.Period) / quota!.Value;
            line.Inputs.GateAttainment = attainment;
            line.Amount = attainment < gate.Attainment ? 0 : line.Amount;
        }
    }

    private static void Count(Calculation calculation, EligibleCredit credit)
    {
        foreach (var component in credit.Plan.Components)
        {
            var value = credit.Of(component.Measure);
            if (value == 0 || !Eligibility.Counts(component, credit.Credit))
            {
                continue;
            }

            var accumulator = calculation.Accumulators.Of(component, credit.Plan, credit.TermIndex, credit.Credit.On);
            var (before, count) = (accumulator.Total, accumulator.Count);
            accumulator.Count += value > 0 ? 1 : 0;
            var move = new Move(before, before + value, count, accumulator.Count);
            var step = StepOf(calculation, accumulator, credit.TermIndex, move, out var byDeal);
            AddLines(calculation, accumulator, credit, LinePart.Own, credit.Credit.On, move, step, credit.TermIndex);
            accumulator.Add(credit, value, byDeal);
        }
    }

    private static void Cancel(Calculation calculation, EligibleCredit credit)
    {
        if (credit.IsWalkedDown)
        {
            WalkDown(calculation, credit);
        }
        else
        {
            LowerAttainment(calculation, credit);
        }
    }

    /// <summary>Nothing of it was paid: the total goes back to what it would be without the credit.</summary>
    private static void WalkDown(Calculation calculation, EligibleCredit credit)
    {
        foreach (var component in credit.Plan.Components)
        {
            if (calculation.Accumulators.Find(component, credit) is not { } accumulator
                || accumulator.Total is var before && accumulator.Count is var count
                && accumulator.Remove(credit) is not { } entry)
            {
                continue;
            }

            accumulator.Count -= entry.Value > 0 ? 1 : 0;
            var term = credit.Plan.OnChange == PlanChange.Carry ? accumulator.TermIndex : credit.TermIndex;
            var move = new Move(before, before - entry.Value, count, accumulator.Count);
            var step = StepOf(calculation, accumulator, term, move, out var byDeal);

            // What the rate that falls takes off the credit itself is part of its own reversal.
            var onItself = before == 0 ? 0 : step.TrueUp * entry.Value / before;
            step = step with { Own = step.Own - byDeal - entry.Own + onItself, TrueUp = step.TrueUp - onItself };
            AddLines(calculation, accumulator, credit, LinePart.Cancelled, credit.CancelledOn!.Value, move, step, term);
        }
    }

    /// <summary>It was paid, and is clawed back: reckoned by the present rates, and off the attainment, where the plan says so.</summary>
    private static void LowerAttainment(Calculation calculation, EligibleCredit credit)
    {
        var cancelledOn = credit.CancelledOn!.Value;
        if (Clawbacks.ShareOf(credit) is not { } share || calculation.TermAt(cancelledOn) is not { } term
            || credit.Plan.Clawback is not { } clause
            || (clause.RatePolicy != ClawbackRatePolicy.Current && !clause.AttainmentEffect))
        {
            return;
        }

        var plan = calculation.Input.Terms[term].Version.Plan;
        foreach (var component in plan.Components)
        {
            var value = share.Of(credit.Of(component.Measure));
            if (value == 0 || !Eligibility.Counts(component, credit.Credit))
            {
                continue;
            }

            var accumulator = calculation.Accumulators.Of(component, plan, term, cancelledOn);
            if (clause.RatePolicy == ClawbackRatePolicy.Current)
            {
                var count = accumulator.Count;
                var move = new Move(accumulator.Total, accumulator.Total - value, count, share.IsWhole ? Math.Max(0, count - 1) : count);
                var step = StepOf(calculation, accumulator, term, move, out _);
                calculation.AtCurrentRates[credit] =
                    calculation.AtCurrentRates.GetValueOrDefault(credit) - step.Own - step.TrueUp;
            }

            if (clause.AttainmentEffect)
            {
                accumulator.Add(credit, -value, own: 0);
            }
        }
    }

    /// <summary>What a move earns by the table of a term, or by all tables of a blended period in their proportion.</summary>
    /// <param name="byDeal">The part of it that the credit keeps as its own rate.</param>
    private static PayStep StepOf(Calculation calculation, Accumulator accumulator, int term, Move move, out decimal byDeal)
    {
        var terms = calculation.Accumulators.TermsOf(
            calculation.Input.Terms[term].Version.Plan.PeriodOf(accumulator.Period));
        byDeal = 0;
        if (!terms.IsBlended)
        {
            var table = calculation.Accumulators.TableOf(accumulator.Component, term, terms);
            var step = table.Step(move.Before, move.After, move.CountBefore, move.CountAfter);
            byDeal = table.PaysByDeal ? step.Own : 0;
            return step;
        }

        var sum = default(PayStep);
        foreach (var (index, days, of) in terms.TablesOf(term))
        {
            if (calculation.Input.Terms[index].Version.Plan.Find(accumulator.Component.Id) is not { } component)
            {
                continue;
            }

            var table = calculation.Accumulators.TableOf(component, index, terms);
            var step = table.Step(move.Before, move.After, move.CountBefore, move.CountAfter);
            byDeal += table.PaysByDeal ? step.Own * days / of : 0;
            sum = new(
                sum.Own + (step.Own * days / of), sum.TrueUp + (step.TrueUp * days / of),
                (sum.Rate ?? 0) + (step.Rate * days / of), null, null);
        }

        return sum;
    }

    private static void AddLines(
        Calculation calculation, Accumulator accumulator, EligibleCredit credit, LinePart part, DateOnly on, Move move,
        PayStep step, int term)
    {
        var component = accumulator.Component;
        var inputs = new LineInputs
        {
            Credited = move.After - move.Before,
            Before = Position(move.Before, move.CountBefore),
            After = Position(move.After, move.CountAfter),
            Rate = step.Rate,
            Factor = step.Factor,
            Quota = component.NeedsQuota ? accumulator.Quota : null,
            TargetVariable = component.NeedsTargetVariable ? calculation.Input.Terms[term].TargetVariable : null,
            Percent = credit.Credit.Percent == 100 ? null : credit.Credit.Percent,
            Fx = credit.Fx,
        };
        calculation.Raw.Add(Line(inputs, null, step.Own, part));
        if (step.TrueUp == 0 || accumulator.Total == 0)
        {
            return;
        }

        foreach (var entry in accumulator.Entries)
        {
            var share = new LineInputs { Credited = entry.Value, Rate = step.Rate, PreviousRate = step.PreviousRate };
            calculation.Raw.Add(Line(share, entry.Credit, step.TrueUp * entry.Value / accumulator.Total, LinePart.TrueUp));
        }

        decimal Position(decimal total, int count) => component.Rates switch
        {
            { Unit: RateUnit.Count } when component.Measure != Measure.Units => count,
            { Unit: RateUnit.Attainment } or null when accumulator.Quota is > 0 and { } quota => total / quota,
            _ => total,
        };

        RawLine Line(LineInputs inputs, EligibleCredit? trueUpOf, decimal amount, LinePart part) =>
            new(credit, component.Id, component.Rule, part, on)
            {
                Version = calculation.Input.Terms[term].Version,
                OriginPeriod = accumulator.Period,
                Inputs = inputs,
                TrueUpOf = trueUpOf,
                Caps = component.Caps,
                Accumulator = accumulator,
                Empties = part == LinePart.Cancelled && accumulator.IsEmpty,
                Amount = amount,
            };
    }

    private static Queue<EligibleCredit> ToQueue(this IEnumerable<EligibleCredit> credits) => new(credits);

    /// <summary>From one total to another, and from one number of deals to another.</summary>
    private readonly record struct Move(decimal Before, decimal After, int CountBefore, int CountAfter);
}
