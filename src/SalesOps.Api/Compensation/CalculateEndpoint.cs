using System.Globalization;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Compensation;

/// <summary><c>POST /v1/compensation/calculate</c></summary>
internal sealed class CalculateEndpoint : IEndpoint
{
    private const int CreditsMax = 10_000;

    /// <summary>Where a credit may move the pay of all earlier ones, lines grow with the square of the credits.</summary>
    private const int RetroactiveCreditsMax = 1_000;

    private static readonly RepId Nobody = new("rep");

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/compensation/calculate", Handle)
        .WithName("CalculateCompensation").WithTags("Compensation")
        .WithSummary("What credits earn by a plan, line by line; the engine of the ledger, and nothing is stored.")
        .RequireAuthorization(Policies.ReadCompensation)
        .Produces<CalculationView>()
        .Problems(422);

    private static IResult Handle(Request body)
    {
        var (input, fault) = body.ToInput();
        return (fault ?? CompensationEngine.Refuse(input!)) is { } refusal
            ? Problem.From(refusal)
            : TypedResults.Ok(CalculationView.Of(CompensationEngine.Compute(input!)));
    }

    /// <param name="Quota">Per plan period: money, or a count for units.</param>
    /// <param name="TargetVariable">Per plan period.</param>
    /// <param name="Periods">Months, quarters or years, in order.</param>
    /// <param name="RepId">Whose pay it is, where credits have splits or contests have rivals.</param>
    /// <param name="Quotas">The quotas of single plan periods, where they differ.</param>
    /// <param name="Rates">For credits in other currencies than the plan's.</param>
    /// <param name="Changes">Later versions of the plan, or of quota and target variable, each from its day on.</param>
    /// <param name="Rivals">The other participants of contests.</param>
    internal sealed record Request(
        PlanBody Plan,
        IReadOnlyList<CreditBody> Credits,
        IReadOnlyList<string> Periods,
        QuotaAmount? Quota,
        QuotaAmount? TargetVariable,
        RepId? RepId,
        IReadOnlyList<PeriodQuotaBody>? Quotas,
        IReadOnlyList<RateBody>? Rates,
        IReadOnlyList<PlanChangeBody>? Changes,
        IReadOnlyList<RivalBody>? Rivals)
    {
        public (CompensationInput? Input, Rejection? Fault) ToInput()
        {
            var rep = RepId ?? Nobody;
            var (terms, fault) = ReadTerms();
            var (periods, periodFault) = ReadPeriods();
            var (quotas, quotaFault) = ReadQuotas();
            var (rates, rateFault) = RateBody.Read(Rates ?? []);
            var (credits, creditFault) = CreditBody.Read(Credits, rep, "/credits");
            fault ??= periodFault ?? quotaFault ?? rateFault ?? creditFault ?? TooMany(terms);
            var rivals = new List<Rival>();
            foreach (var (index, rival) in (Rivals ?? []).Index())
            {
                var (theirs, rivalFault) = CreditBody.Read(rival.Credits, rival.RepId, At("/rivals", index) + "/credits");
                fault ??= rivalFault;
                rivals.Add(new(rival.RepId.Value, theirs));
            }

            return fault is not null ? (null, fault) : (
                new(rep.Value, terms, credits, periods) { Quotas = quotas, Rates = rates, Rivals = rivals }, null);
        }

        private (List<PlanTerm> Terms, Rejection? Fault) ReadTerms()
        {
            var (plan, fault) = Plan.Read("/plan");
            fault ??= OtherCurrency(Quota, plan, "/quota") ?? OtherCurrency(TargetVariable, plan, "/targetVariable");
            var terms = new List<PlanTerm>
            {
                new(Unpublished(plan, 0), DateOnly.MinValue, TargetVariable?.Value, Quota?.Value),
            };
            foreach (var (index, change) in (Changes ?? []).Index())
            {
                var place = At("/changes", index);
                var (next, changeFault) = change.Plan?.Read(place + "/plan") ?? (terms[^1].Version.Plan, null);
                fault ??= changeFault ?? OtherCurrency(change.Quota, next, place + "/quota")
                    ?? OtherCurrency(change.TargetVariable, next, place + "/targetVariable");
                terms.Add(new(
                    Unpublished(next, index + 1), change.From, change.TargetVariable?.Value ?? terms[^1].TargetVariable,
                    change.Quota?.Value ?? terms[^1].Quota));
            }

            return (terms, fault);
        }

        private (List<Period> Periods, Rejection? Fault) ReadPeriods()
        {
            var periods = new List<Period>();
            foreach (var (index, key) in Periods.Index())
            {
                if (Period.Find(key) is not { } period)
                {
                    return ([], Rejection.Invalid(
                        "period-unknown", "A period is a month, a quarter or a year: 2026-03, 2026-Q1, 2026.", At("/periods", index)));
                }

                periods.Add(period);
            }

            return (periods, null);
        }

        private (List<PeriodQuota> Quotas, Rejection? Fault) ReadQuotas()
        {
            var quotas = new List<PeriodQuota>();
            foreach (var (index, quota) in (Quotas ?? []).Index())
            {
                if (Period.Find(quota.Period) is not { } period)
                {
                    return ([], Rejection.Invalid(
                        "period-unknown", "A quota is for a plan period: 2026-03, 2026-Q1, 2026.", At("/quotas", index) + "/period"));
                }

                quotas.Add(new(period.From, quota.Measure ?? Measure.Bookings, quota.Amount.Value));
            }

            return (quotas, null);
        }

        private Rejection? TooMany(List<PlanTerm> terms)
        {
            var truesUp = terms.Any(term => term.Version.Plan.Components.Any(component =>
                component.Rates?.Kind is RateKind.Retroactive or RateKind.RetroToGate));
            var most = truesUp ? RetroactiveCreditsMax : CreditsMax;
            return Credits.Count <= most ? null : Rejection.Invalid(
                "credits-count", string.Create(CultureInfo.InvariantCulture, $"At most {most} credits by such a plan."), "/credits");
        }

        private static Rejection? OtherCurrency(QuotaAmount? amount, Plan plan, string place) =>
            amount?.Currency is { } currency && currency != plan.Currency
                ? Rejection.Invalid("currency-other", $"The plan is in {plan.Currency}.", place + "/currency")
                : null;

        private static PlanVersion Unpublished(Plan plan, int number) => new(new PlanId("plan"), number, string.Empty, plan);

        private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}/{index}");
    }
}

/// <param name="Period">A plan period.</param>
/// <param name="Measure">Default: bookings.</param>
internal sealed record PeriodQuotaBody(string Period, QuotaAmount Amount, Measure? Measure);

/// <param name="From">The first day of the new version.</param>
/// <param name="Plan">Default: as before.</param>
/// <param name="Quota">Per plan period. Default: as before.</param>
/// <param name="TargetVariable">Per plan period. Default: as before.</param>
internal sealed record PlanChangeBody(DateOnly From, PlanBody? Plan, QuotaAmount? Quota, QuotaAmount? TargetVariable);

internal sealed record RivalBody(RepId RepId, IReadOnlyList<CreditBody> Credits);

/// <summary>One of <c>base</c> is worth <c>rate</c> of <c>quote</c>, from a day until the next one of the pair.</summary>
internal sealed record RateBody(string Base, string Quote, DateOnly From, decimal Rate)
{
    public static (FxRates Rates, Rejection? Fault) Read(IReadOnlyList<RateBody> bodies)
    {
        var quotes = new List<FxQuote>();
        foreach (var (index, body) in bodies.Index())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"/rates/{index}");
            if (RateRules.Fault(body.Base, body.Quote, body.Rate) is { } fault)
            {
                return (FxRates.None, fault with { Pointer = place + fault.Pointer });
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"{body.Base}-{body.Quote}-{body.From:yyyy-MM-dd}");
            quotes.Add(new(id, body.Base, body.Quote, body.From, body.Rate));
        }

        return (new(quotes), null);
    }
}
