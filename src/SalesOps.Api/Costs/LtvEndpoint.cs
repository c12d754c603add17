using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Costs;
using SalesOps.Domain.Metrics;

namespace SalesOps.Api.Costs;

/// <summary><c>GET /v1/metrics/ltv</c></summary>
internal sealed class LtvEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics/ltv", HandleAsync)
        .WithName("GetLtv").WithTags("Metrics")
        .WithSummary("What a customer is worth, in how many months it pays back: from contracts, deals and costs, or from given inputs.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static async Task<IResult> HandleAsync(
        DateRange range, string? currency, decimal? arpa, decimal? grossMargin, decimal? churn, decimal? cac, ReadAt at,
        Caller caller, FactReads reads, CancellationToken cancellation)
    {
        if (currency is not null && !Currencies.Exists(currency))
        {
            return Problem.BrokenRule(InputError.InParameter(
                "currency", "currency-unknown", $"'{currency}' is no currency of ISO 4217."));
        }

        return await reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var unknown = Ratio.Absent("no-range");
            var (money, read) = range is { From: { } from, To: { } to } && from < to
                ? await facts.UnitEconomicsAsync(new(from, to), currency, at.ValidAt, caller.Calendar, cancellation)
                : (currency ?? "USD", new UnitEconomics(unknown, unknown, unknown, unknown));
            return TypedResults.Ok(Response.Of(asOf, money, new UnitEconomics(
                Given(arpa) ?? read.Arpa, Given(grossMargin) ?? read.GrossMargin, Given(churn) ?? read.Churn, Given(cac) ?? read.Cac)));
        }
    }

    private static Ratio? Given(decimal? value) => value is { } known ? new(known, null) : null;

    /// <param name="Arpa">Yearly price of the contracts in force at the end ÷ 12 ÷ their accounts.</param>
    /// <param name="GrossMargin">1 − delivery cost ÷ the contracts' price over the range (mean of its two ends).</param>
    /// <param name="Churn">Accounts lost ÷ accounts at the start, of a month.</param>
    /// <param name="Cac">Sales and marketing cost ÷ new customers.</param>
    /// <param name="Ltv">ARPA · gross margin ÷ churn.</param>
    /// <param name="LtvToCac">LTV ÷ CAC.</param>
    /// <param name="Payback">CAC ÷ (ARPA · gross margin), in months.</param>
    /// <param name="Reason">Why there is no LTV.</param>
    /// <param name="PaybackReason">Why there is no payback.</param>
    internal sealed record Response(
        AsOfView AsOf, string Currency, Money? Arpa, decimal? GrossMargin, decimal? Churn, Money? Cac, Money? Ltv, decimal? LtvToCac,
        decimal? Payback, string? Reason, string? LtvToCacReason, string? PaybackReason)
    {
        public static Response Of(AsOfView asOf, string currency, UnitEconomics known)
        {
            return new(
                asOf, currency, In(known.Arpa), known.GrossMargin.Value, known.Churn.Value, In(known.Cac), In(known.Ltv),
                known.LtvToCac.Value, known.Payback.Value, known.Ltv.Reason, known.LtvToCac.Reason, known.Payback.Reason);

            Money? In(Ratio ratio) => ratio.Value is { } amount ? new Money(amount, currency).Rounded() : null;
        }
    }
}
