using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/ledger/contract-costs/schedules</c></summary>
internal sealed class CostSchedulesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/ledger/contract-costs/schedules", HandleAsync)
        .WithName("ListCostSchedules").WithTags("Ledger")
        .WithSummary("Capitalised contract costs one by one, each with its schedule to the end, by rep and credit.")
        .RequireAuthorization(Policies.ReadLedger)
        .WithMetadata(RouteConventions.TimeoutAfter(TimeSpan.FromMinutes(2)))
        .Produces<Response>()
        .Problems(422);

    private static Task<IResult> HandleAsync(
        CommaList? repId, CommaList? dealId, ReadAt at, Caller caller, Paging paging, LedgerProgress reads, CostReader costs,
        CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var today = caller.Calendar.DateOf(at.ValidAt);
            var reps = await CostReader.RepsAsync(facts, repId?.Values, paging.After?[0], leftOn: null, cancellation);
            var items = new List<Item>();
            await foreach (var cost in costs.CostsAsync(caller.Tenant, reps, asOf.Position, today, cancellation))
            {
                var isBefore = paging.After is [var rep, var credit] && cost.RepId.Value == rep
                    && string.CompareOrdinal(cost.Cost.First.CreditId, credit) <= 0;
                if (!isBefore && dealId?.Values.Contains(cost.Cost.First.DealId?.Value ?? string.Empty) != false)
                {
                    items.Add(Item.Of(cost, today));
                }

                if (items.Count > paging.Limit)
                {
                    break;
                }
            }

            var (page, next) = paging.Page(items, item => [item.RepId, item.CreditId]);
            return TypedResults.Ok(new Response(asOf, page, next));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    /// <param name="Amount">Capitalised, as of the date asked for.</param>
    /// <param name="Months">Over how many it is amortised from the start of service.</param>
    /// <param name="EndedOn">When its deal or contract was cancelled: the rest is written off.</param>
    /// <param name="Carrying">What is left at the end of the date asked for; a month is amortised at its end.</param>
    internal sealed record Item(
        string RepId, string CreditId, string? DealId, string? PlanVersion, Money Amount, DateOnly ServiceFrom, int Months,
        DateOnly? EndedOn, Money Carrying, IReadOnlyList<Month> Schedule)
    {
        public static Item Of(RepCost of, DateOnly today)
        {
            var (cost, left, months) = (of.Cost, 0m, new List<Month>());
            var carrying = 0m;
            foreach (var month in cost.Schedule(cost.LastDay.AddDays(1)))
            {
                left += month.Added - month.Amortised - month.Disposed;
                carrying += month.Added - month.Disposed - (Period.MonthOf(month.Month).To <= today.AddDays(1) ? month.Amortised : 0);
                months.Add(new(
                    Period.MonthOf(month.Month).MonthKey, Money(month.Added), Money(month.Amortised), Money(month.Disposed), Money(left)));
            }

            return new(
                of.RepId.Value, cost.First.CreditId!, cost.First.DealId?.Value, LedgerEntry.PlanOf(cost.First),
                Money(cost.Additions.Sum(addition => addition.Amount)), cost.ServiceFrom, cost.Months, cost.EndedOn,
                Money(carrying), months);

            Money Money(decimal amount) => cost.First.Amount with { Amount = amount };
        }
    }

    /// <param name="Disposed">Clawed back, cancelled or written off.</param>
    internal sealed record Month(string Period, Money Added, Money Amortised, Money Disposed, Money Closing);
}
