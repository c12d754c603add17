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
        var byCash = new List<Earner>();
        var earners = new Dictionary<EligibleCredit, Earner>();
        foreach (var (line, raw) in calculation.Lines.Zip(calculation.Raw.Where(raw => raw.On < calculation.Pay.End)))
        {
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
                Move(calculation, line, MovementKind.Released, line.On, line.Amount, "booking", line);
                if (held != 0)
                {
                    Move(calculation, line, MovementKind.Held, line.On, held, "holdback", line);
                    if (HeldUntil(plan.Holdback!, line.On) is { } until && until < calculation.Pay.End)
                    {
                        Move(calculation, line, MovementKind.HoldbackReleased, until, held, "holdback", line);
                    }
                }

                continue;
            }

            if (!earners.TryGetValue(raw.Earner!, out var earner))
            {
                earners.Add(raw.Earner!, earner = new(raw.Earner!));
                byCash.Add(earner);
            }

            earner.Parts.Add((line, held));
        }

        var deals = calculation.Credits.ToLookup(credit => (credit.Deal, credit.Credit.Level));
        foreach (var earner in byCash)
        {
            earner.FallDue(calculation, [.. deals[(earner.Credit.Deal, earner.Credit.Credit.Level)]]);
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
        public EligibleCredit Credit => credit;

        public List<(CompensationLine Line, decimal Held)> Parts { get; } = [];

        public void FallDue(Calculation calculation, IReadOnlyList<EligibleCredit> deal)
        {
            var plan = credit.Plan;
            var isByCash = plan.PayOn == PayOn.Cash;

            // From the period of the cancellation on nothing more falls due: what was paid is clawed back, the rest lapses.
            var forfeits = credit.WasReleased && Clawbacks.ShareOf(credit) is not null;
            var isStopped = credit.WasReleased && (isByCash || forfeits);
            var stop = isStopped
                ? calculation.Pay[calculation.Pay.IndexOf(credit.CancelledOn!.Value)].From
                : calculation.Pay.End;
            var days = new SortedSet<DateOnly>(Parts.Select(part => part.Line.On));
            foreach (var part in Parts.Where(part => part.Held != 0))
            {
                if (HeldUntil(plan.Holdback!, part.Line.On) is { } until)
                {
                    days.Add(until);
                }
            }

            if (isByCash)
            {
                days.UnionWith(deal.SelectMany(each => each.Credit.Collected).Select(receipt => receipt.On));
                days.UnionWith(deal.Select(each => each.Credit.On));
            }

            var of = Parts[0].Line;
            var (released, heldReleased) = (0m, 0m);
            foreach (var day in days.Where(day => day < calculation.Pay.End))
            {
                var (cash, total) = isByCash ? CashAt(day, deal) : (1m, 1m);
                decimal OfCash(decimal amount) => total == 0 || cash / total >= 1 ? amount : calculation.Round(amount * cash / total);

                (CompensationLine Line, decimal Held)[] arrived = [.. Parts.Where(part => part.Line.On <= day)];
                foreach (var (line, held) in Parts.Where(part => part.Line.On == day && part.Held != 0 && day < stop))
                {
                    Move(calculation, line, MovementKind.Released, day, held, "holdback", line);
                    Move(calculation, line, MovementKind.Held, day, held, "holdback", line);
                }

                if (day < stop)
                {
                    var due = OfCash(arrived.Sum(part => part.Line.Amount - part.Held)) - released;
                    released += due;
                    Add(MovementKind.Released, day, due, isByCash ? "cash" : "booking");
                }

                if (day < stop || !forfeits)
                {
                    var free = arrived.Where(part => part.Held != 0 && HeldUntil(plan.Holdback!, part.Line.On) <= day);
                    var due = OfCash(free.Sum(part => part.Held)) - heldReleased;
                    heldReleased += due;
                    Add(MovementKind.HoldbackReleased, day, due, "holdback");
                }
            }

            if (!isStopped)
            {
                return;
            }

            credit.Paid = released + heldReleased;
            (CompensationLine Line, decimal Held)[] known = [.. Parts.Where(part => part.Line.On < stop)];
            Lapse(MovementKind.UnreleasedCancelled, known.Sum(part => part.Line.Amount - part.Held) - released);
            Lapse(MovementKind.HoldbackForfeited, forfeits ? known.Sum(part => part.Held) - heldReleased : 0);
            foreach (var (line, _) in Parts.Where(part => part.Line.On >= stop))
            {
                Lapse(MovementKind.UnreleasedCancelled, line.Amount, line.On);
            }

            void Add(MovementKind kind, DateOnly day, decimal amount, string rule)
            {
                if (amount != 0)
                {
                    Move(calculation, of, kind, day, amount, rule, because: SourcesUntil(day, deal));
                }
            }

            void Lapse(MovementKind kind, decimal amount, DateOnly? on = null)
            {
                if (amount == 0)
                {
                    return;
                }

                var line = of with
                {
                    CreditId = credit.Credit.Id,
                    TrueUpOf = null,
                    Part = LinePart.Lapsed,
                    On = on > credit.CancelledOn ? on.Value : credit.CancelledOn!.Value,
                    Amount = -amount,
                    Inputs = new LineInputs(),
                    Foregone = 0,
                    SourceEvents = [.. credit.Credit.SourceEvents, .. credit.Credit.CancelEvents],
                };
                calculation.Lines.Add(line);
                Move(calculation, line, kind, line.On, amount, "cancellation", line);
            }
        }

        private Guid[] SourcesUntil(DateOnly day, IReadOnlyList<EligibleCredit> deal) =>
        [
            .. credit.Credit.SourceEvents,
            .. deal.SelectMany(each => each.Credit.Collected)
                .Where(receipt => receipt.On <= day && receipt.SourceEvent is not null)
                .Select(receipt => receipt.SourceEvent!.Value),
        ];

        /// <summary>Cash received less refunds, and the total that it pays; a credit note lowers the total.</summary>
        private static (decimal Cash, decimal Total) CashAt(DateOnly day, IReadOnlyList<EligibleCredit> deal)
        {
            decimal cash = 0;
            decimal total = 0;
            foreach (var each in deal)
            {
                cash += each.Credit.Collected.Where(receipt => receipt.On <= day).Sum(receipt => receipt.Amount.Amount);
                total += each.Credit.On <= day && !(each.IsWalkedDown && each.CancelledOn <= day)
                    ? (each.Credit.Invoiced ?? each.Credit.Amount ?? default).Amount
                    : 0;
            }

            return total < 0 ? (Math.Min(0, cash), total) : (Math.Max(0, cash), total);
        }
    }
}
