namespace SalesOps.Domain.Compensation;

/// <summary>
/// When lines fall due: a part is held back, the rest follows the booking or the customer's cash (RULES R17). Pay of a
/// cancelled deal that was not released by then lapses.
/// </summary>
internal static class Release
{
    /// <summary>Lines rounded, as they are posted.</summary>
    public static void RoundLines(Calculation calculation)
    {
        calculation.Lines.EnsureCapacity(calculation.Raw.Count);
        foreach (var raw in calculation.Raw)
        {
            if (raw.On < calculation.Pay.End)
            {
                calculation.Lines.Add(Posted(calculation, raw));
            }
        }
    }

    /// <summary>Holdback and cash: what falls due when.</summary>
    public static void FallDue(Calculation calculation)
    {
        var earners = new List<Earner>();
        var known = new Dictionary<EligibleCredit, Earner>();
        var next = 0;
        foreach (var raw in calculation.Raw)
        {
            if (raw.On >= calculation.Pay.End)
            {
                continue;
            }

            var line = calculation.Lines[next++];
            if (line.NonCash || line.Amount == 0)
            {
                continue;
            }

            Move(calculation, line, MovementKind.Earned, line.On, line.Amount, line.Rule, line);
            var plan = raw.Earner?.Plan ?? line.Version.Plan;
            var held = plan.Holdback is { } holdback ? calculation.Round(line.Amount * holdback.Percent / 100) : 0;
            var isByCash = plan.PayOn == PayOn.Cash && raw.Earner is not null;
            if (!isByCash && raw.Earner?.CancelledOn is null)
            {
                ByBooking(calculation, line, plan, held);
                continue;
            }

            if (!known.TryGetValue(raw.Earner!, out var earner))
            {
                known.Add(raw.Earner!, earner = new(raw.Earner!));
                earners.Add(earner);
            }

            earner.Parts.Add((line, held, held == 0 ? null : HeldUntil(plan.Holdback!, line.On)));
        }

        foreach (var earner in earners)
        {
            earner.FallDue(calculation);
        }
    }

    private static void ByBooking(Calculation calculation, CompensationLine line, Plan plan, decimal held)
    {
        Move(calculation, line, MovementKind.Released, line.On, line.Amount, "booking", line);
        if (held == 0)
        {
            return;
        }

        Move(calculation, line, MovementKind.Held, line.On, held, "holdback", line);
        if (HeldUntil(plan.Holdback!, line.On) is { } until && until < calculation.Pay.End)
        {
            Move(calculation, line, MovementKind.HoldbackReleased, until, held, "holdback", line);
        }
    }

    /// <summary>The day on which holdback of a line falls due; null where it never does by itself.</summary>
    public static DateOnly? HeldUntil(Holdback holdback, DateOnly lineOn) =>
        holdback.AfterDays is { } days ? lineOn.AddDays(days)
        : holdback.On is { } on ? (on > lineOn ? on : lineOn)
        : null;

    public static void Move(
        Calculation calculation, CompensationLine of, MovementKind kind, DateOnly on, decimal amount, string rule,
        CompensationLine? line = null, IReadOnlyList<Guid>? because = null) =>
        calculation.Movements.Add(new(kind, on, amount, rule, of.OriginPeriod, of.Version)
        {
            CreditId = of.Earner,
            Line = line,
            SourceEvents = because ?? of.SourceEvents,
        });

    private static CompensationLine Posted(Calculation calculation, RawLine raw) => new(
        raw.Credit?.Credit.Id, raw.Component, raw.Rule, raw.Part, raw.On, raw.OriginPeriod, raw.Version,
        calculation.Round(raw.Amount), raw.Inputs)
    {
        TrueUpOf = raw.TrueUpOf?.Credit.Id,
        Foregone = raw.Foregone,
        NonCash = raw.NonCash,
        SourceEvents = raw switch
        {
            { Credit: null } => [],
            { Part: LinePart.Cancelled } => [.. raw.Credit.Credit.SourceEvents, .. raw.Credit.Credit.CancelEvents],
            { TrueUpOf: { } earlier } => [.. raw.Credit.Credit.SourceEvents, .. earlier.Credit.SourceEvents],
            _ => raw.Credit.Credit.SourceEvents,
        },
    };

    /// <summary>A credit whose pay doesn't just fall due with its lines: paid by cash, or cancelled.</summary>
    private sealed class Earner(EligibleCredit credit)
    {
        private readonly bool _isByCash = credit.Plan.PayOn == PayOn.Cash;

        // From the period of the cancellation on nothing more falls due: what was paid is clawed back, the rest lapses.
        private readonly bool _forfeits = credit.WasReleased && Clawbacks.ShareOf(credit) is not null;

        private decimal _released;
        private decimal _heldReleased;

        /// <summary>The lines, each with what of it is held back, and until when.</summary>
        public List<(CompensationLine Line, decimal Held, DateOnly? HeldUntil)> Parts { get; } = new(1);

        public void FallDue(Calculation calculation)
        {
            var isStopped = credit.WasReleased && (_isByCash || _forfeits);
            var stop = isStopped
                ? calculation.Pay[calculation.Pay.IndexOf(credit.CancelledOn!.Value)].From
                : calculation.Pay.End;
            var days = Days();
            DateOnly? last = null;
            foreach (var day in days)
            {
                if (day >= calculation.Pay.End)
                {
                    break;
                }

                if (day != last)
                {
                    FallDue(calculation, day, stop);
                    last = day;
                }
            }

            if (isStopped)
            {
                Lapse(calculation, stop);
            }
        }

        /// <summary>The days on which anything may fall due, in their order.</summary>
        private List<DateOnly> Days()
        {
            var days = new List<DateOnly>();
            foreach (var (line, _, until) in Parts)
            {
                days.Add(line.On);
                if (until is { } day)
                {
                    days.Add(day);
                }
            }

            if (_isByCash)
            {
                foreach (var each in credit.OfDeal)
                {
                    days.Add(each.Credit.On);
                    foreach (var receipt in each.Credit.Collected)
                    {
                        days.Add(receipt.On);
                    }
                }
            }

            days.Sort();
            return days;
        }

        private void FallDue(Calculation calculation, DateOnly day, DateOnly stop)
        {
            var (arrived, free) = (0m, 0m);
            foreach (var (line, held, until) in Parts)
            {
                if (line.On > day)
                {
                    continue;
                }

                arrived += line.Amount - held;
                free += until <= day ? held : 0;
                if (line.On == day && held != 0 && day < stop)
                {
                    Move(calculation, line, MovementKind.Released, day, held, "holdback", line);
                    Move(calculation, line, MovementKind.Held, day, held, "holdback", line);
                }
            }

            var (cash, total) = _isByCash ? CashAt(day) : (1m, 1m);
            if (day < stop)
            {
                var due = OfCash(arrived) - _released;
                _released += due;
                Add(MovementKind.Released, due, _isByCash ? "cash" : "booking");
            }

            if (day < stop || !_forfeits)
            {
                var due = OfCash(free) - _heldReleased;
                _heldReleased += due;
                Add(MovementKind.HoldbackReleased, due, "holdback");
            }

            decimal OfCash(decimal amount) =>
                amount == 0 || total == 0 || cash / total >= 1 ? amount : calculation.Round(amount * cash / total);

            void Add(MovementKind kind, decimal amount, string rule)
            {
                if (amount != 0)
                {
                    Move(calculation, Parts[0].Line, kind, day, amount, rule, because: SourcesUntil(day));
                }
            }
        }

        /// <summary>What was not paid when the deal was cancelled is never paid.</summary>
        private void Lapse(Calculation calculation, DateOnly stop)
        {
            credit.Paid = _released + _heldReleased;
            var (unreleased, held) = (-_released, -_heldReleased);
            foreach (var part in Parts)
            {
                if (part.Line.On < stop)
                {
                    unreleased += part.Line.Amount - part.Held;
                    held += part.Held;
                }
            }

            Add(MovementKind.UnreleasedCancelled, unreleased, credit.CancelledOn!.Value);
            Add(MovementKind.HoldbackForfeited, _forfeits ? held : 0, credit.CancelledOn!.Value);
            foreach (var (line, _, _) in Parts)
            {
                if (line.On >= stop)
                {
                    Add(
                        MovementKind.UnreleasedCancelled, line.Amount,
                        line.On > credit.CancelledOn ? line.On : credit.CancelledOn!.Value);
                }
            }

            void Add(MovementKind kind, decimal amount, DateOnly on)
            {
                if (amount == 0)
                {
                    return;
                }

                var line = Parts[0].Line with
                {
                    CreditId = credit.Credit.Id,
                    TrueUpOf = null,
                    Part = LinePart.Lapsed,
                    On = on,
                    Amount = -amount,
                    Inputs = new LineInputs(),
                    Foregone = 0,
                    SourceEvents = [.. credit.Credit.SourceEvents, .. credit.Credit.CancelEvents],
                };
                calculation.Lines.Add(line);
                Move(calculation, line, kind, line.On, amount, "cancellation", line);
            }
        }

        private IReadOnlyList<Guid> SourcesUntil(DateOnly day)
        {
            List<Guid>? sources = null;
            foreach (var each in credit.OfDeal)
            {
                foreach (var receipt in each.Credit.Collected)
                {
                    if (receipt.On <= day && receipt.SourceEvent is { } source)
                    {
                        sources ??= [.. credit.Credit.SourceEvents];
                        sources.Add(source);
                    }
                }
            }

            return sources ?? credit.Credit.SourceEvents;
        }

        /// <summary>Cash received less refunds, and the total that it pays; a credit note lowers the total.</summary>
        private (decimal Cash, decimal Total) CashAt(DateOnly day)
        {
            var (cash, total) = (0m, 0m);
            foreach (var each in credit.OfDeal)
            {
                foreach (var receipt in each.Credit.Collected)
                {
                    cash += receipt.On <= day ? receipt.Amount.Amount : 0;
                }

                total += each.Credit.On <= day && !(each.IsWalkedDown && each.CancelledOn <= day)
                    ? (each.Credit.Invoiced ?? each.Credit.Amount ?? default).Amount
                    : 0;
            }

            return total < 0 ? (Math.Min(0, cash), total) : (Math.Max(0, cash), total);
        }
    }
}
