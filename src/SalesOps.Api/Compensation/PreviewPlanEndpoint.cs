using System.Globalization;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Ledger;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Store;

namespace SalesOps.Api.Compensation;

/// <summary><c>POST /v1/comp-plans/{planId}/preview</c></summary>
internal sealed class PreviewPlanEndpoint : IEndpoint
{
    private const int RepsMax = 1_000;
    private const int MonthsMax = 60;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/comp-plans/{planId}/preview", HandleAsync)
        .WithName("PreviewCompPlan").WithTags("Compensation")
        .WithSummary("What a plan's draft would have paid over real history, against the plans in force; nothing is written.")
        .RequireAuthorization(Policies.EditCompensation)
        .WithMetadata(RouteConventions.TimeoutAfter(TimeSpan.FromMinutes(2)))
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>()
        .Problems(404, 422);

    private static Task<IResult> HandleAsync(
        string planId, Request? body, ReadAt at, Paging paging, Caller caller, ChosenFormat format, FactReads reads,
        EventStore store, DatabasePools pools, CancellationToken cancellation)
    {
        var today = caller.Calendar.DateOf(at.ValidAt);
        var (days, fault) = (body ?? new(null, null, null, null, null)).Days(today);
        return fault is not null
            ? Task.FromResult<IResult>(Problem.From(fault))
            : reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var known = new PayStreams(store) { Until = asOf.Position };
            var plan = await new PlanReader(pools, known).PlanAsync(caller.Tenant, new(planId), cancellation);
            if (plan.Draft is not { } draft)
            {
                return Problem.NotFound("plan", planId);
            }

            var preview = new PlanPreview(pools, store, caller.Tenant, known, new(planId), plan, days);
            var (reps, refusal) = await preview.RepsAsync(body?.RepIds, RepsMax, cancellation);
            if (refusal is not null)
            {
                return Problem.From(refusal);
            }

            var compared = await preview.CompareAsync(reps, body?.TargetVariable, today, cancellation);
            var organisation = await facts.OrganisationAsync(cancellation);
            Item[] items =
            [
                .. compared.Select(rep => Item.Of(
                    rep, organisation.Find(rep.RepId, at.ValidAt)?.Name, date => draft.PeriodOf(date).Key)),
            ];
            if (format.Value == AnswerFormat.Csv)
            {
                return new Csv<Row>(Columns, items.SelectMany(Row.Of).ToAsyncEnumerable());
            }

            var (page, next) = paging.Page(
                [
                    .. items.SkipWhile(item => paging.After is [var rep, var currency]
                        && string.CompareOrdinal(item.RepId + " " + item.Currency, rep + " " + currency) <= 0).Take(paging.Limit + 1),
                ],
                item => [item.RepId, item.Currency]);
            return TypedResults.Ok(new Response(
                asOf, planId, PlanHash.Of(draft), days.From, days.To, items.Length,
                [
                    .. items.Where(item => item.Problem is null).GroupBy(item => item.Currency, StringComparer.Ordinal)
                        .OrderBy(same => same.Key, StringComparer.Ordinal).Select(Total.Of),
                ],
                page,
                [
                    .. PlanLint.Find(draft, null, body?.TargetVariable?.Amount)
                        .Select(finding => FindingView.Of(finding, draft.Currency)),
                ],
                next));
        }
    }

    private static CsvColumn<Row>[] Columns { get; } =
    [
        CsvColumn<Row>.Text("repId", row => row.RepId),
        CsvColumn<Row>.Text("label", row => row.Label),
        CsvColumn<Row>.Text("period", row => row.Period.Period),
        CsvColumn<Row>.Text("currency", row => row.Currency),
        CsvColumn<Row>.Amount("earnedBefore", row => row.Period.Before.Earned),
        CsvColumn<Row>.Amount("earnedAfter", row => row.Period.After.Earned),
        CsvColumn<Row>.Amount("earnedDifference", row => row.Period.Difference.Earned),
        CsvColumn<Row>.Amount("payableBefore", row => row.Period.Before.Payable),
        CsvColumn<Row>.Amount("payableAfter", row => row.Period.After.Payable),
        CsvColumn<Row>.Amount("payableDifference", row => row.Period.Difference.Payable),
        CsvColumn<Row>.Text("problem", row => row.Problem),
    ];

    /// <param name="Period">A month, quarter or year; instead of the dates. Default: the year so far.</param>
    /// <param name="From">The first day for which the draft is taken to be in force.</param>
    /// <param name="To">The day after the last.</param>
    /// <param name="RepIds">Default: whoever is paid by this plan; where nobody is, everybody with a plan.</param>
    /// <param name="TargetVariable">Per plan period, by the draft. Default: that of each rep's assignment.</param>
    internal sealed record Request(
        string? Period, DateOnly? From, DateOnly? To, IReadOnlyList<RepId>? RepIds, Money? TargetVariable)
    {
        public (Period Days, Rejection? Fault) Days(DateOnly today)
        {
            if (Period is not null && (From is not null || To is not null))
            {
                return (default, Rejection.Invalid("one-range", "The time is given by its period or by its dates.", "/period"));
            }

            if (Period is not null)
            {
                return Domain.Period.Find(Period) is { } found ? (found, null) : (default, Rejection.Invalid(
                    "bad-period", "A period is a month, a quarter or a year: 2026-03, 2026-Q1, 2026.", "/period"));
            }

            var from = From ?? new DateOnly((To?.AddDays(-1) ?? today).Year, 1, 1);
            var days = new Period(from, To ?? (today < from ? from.AddYears(1) : today.AddDays(1)));
            return days switch
            {
                _ when days.From >= days.To => (days, Rejection.Invalid("range-empty", "The range ends before it begins.", "/to")),
                _ when days.From.AddMonths(MonthsMax) < days.To => (days, Rejection.Invalid(
                    "range-too-long", string.Create(CultureInfo.InvariantCulture, $"At most {MonthsMax} months are looked at."), "/to")),
                _ => (days, null),
            };
        }
    }

    /// <param name="Hash">Of the draft, as it would be published.</param>
    /// <param name="Reps">How many were compared, by currency.</param>
    /// <param name="Totals">Over all of them, whichever page it is; those with a problem left out.</param>
    /// <param name="Findings">What its author should know about the draft.</param>
    internal sealed record Response(
        AsOfView AsOf, string PlanId, string Hash, DateOnly From, DateOnly To, int Reps, IReadOnlyList<Total> Totals,
        IReadOnlyList<Item> Items, IReadOnlyList<FindingView> Findings, string? NextCursor);

    internal sealed record Total(string Currency, PaySums Before, PaySums After, PaySums Difference)
    {
        public static Total Of(IGrouping<string, Item> items)
        {
            var before = items.Select(item => item.Before).Aggregate((left, right) => left + right);
            var after = items.Select(item => item.After).Aggregate((left, right) => left + right);
            return new(items.Key, before, after, after - before);
        }
    }

    /// <param name="PlansBefore">The versions in force in the time, as <c>plan@version</c>.</param>
    /// <param name="Periods">Those of the draft in which anything is paid either way.</param>
    /// <param name="Problem">Why it can't be told.</param>
    internal sealed record Item(
        string RepId, string? Label, string Currency, IReadOnlyList<string> PlansBefore, PaySums Before, PaySums After, PaySums Difference,
        IReadOnlyList<PeriodPay> Periods, PreviewProblem? Problem)
    {
        public static Item Of(ComparedPay rep, string? label, Func<DateOnly, string> periodOf)
        {
            PeriodPay[] periods =
            [
                .. rep.Before.Concat(rep.After).Select(line => periodOf(line.On)).Distinct().Order(StringComparer.Ordinal)
                    .Select(key => PeriodPay.Of(
                        key, PaySums.Of(rep.Before.Where(line => periodOf(line.On) == key), rep.Currency),
                        PaySums.Of(rep.After.Where(line => periodOf(line.On) == key), rep.Currency))),
            ];
            var (before, after) = (PaySums.Of(rep.Before, rep.Currency), PaySums.Of(rep.After, rep.Currency));
            return new(
                rep.RepId.Value, label, rep.Currency, rep.PlansBefore, before, after, after - before, periods,
                rep.Block is { } block ? new(block.Code, block.Detail) : null);
        }
    }

    internal sealed record PeriodPay(string Period, PaySums Before, PaySums After, PaySums Difference)
    {
        public static PeriodPay Of(string period, PaySums before, PaySums after) => new(period, before, after, after - before);
    }

    internal sealed record PreviewProblem(string Code, string Detail);

    /// <summary>One rep in one period, as CSV has it.</summary>
    internal sealed record Row(string RepId, string? Label, string Currency, PeriodPay Period, string? Problem)
    {
        public static IEnumerable<Row> Of(Item item) => item.Periods.Select(
            period => new Row(item.RepId, item.Label, item.Currency, period, item.Problem?.Code));
    }
}
