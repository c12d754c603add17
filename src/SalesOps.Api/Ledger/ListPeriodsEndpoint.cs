using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/periods</c></summary>
internal sealed class ListPeriodsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/periods", HandleAsync)
        .WithName("ListPeriods").WithTags("Ledger")
        .WithSummary("The months of the books, from the first with postings to the present; the first open one with its gates.")
        .RequireAuthorization(Policies.ReadLedger)
        .Produces<Response>()
        .Problems(422);

    private static Task<IResult> HandleAsync(
        KnownBy known, Caller caller, FactReads reads, PeriodGates gates, EventStore store, TimeProvider time,
        CancellationToken cancellation)
    {
        var at = new ReadAt(caller.Calendar.EndOf(DateOnly.MaxValue), known.KnownAt, known.MinPosition);
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var closings = (await facts.PeriodsAsync(null, cancellation)).ToDictionary(row => row.Period, StringComparer.Ordinal);
            var today = caller.Calendar.DateOf(time.GetUtcNow());
            DateOnly?[] starts =
            [
                await LedgerQuery.EarliestAsync(facts.Connection, caller.Tenant, cancellation),
                closings.Count > 0 ? Period.Find(closings.Keys.Min(StringComparer.Ordinal)!)!.Value.From : null,
            ];
            var head = await store.HeadAsync(cancellation);
            var items = new List<PeriodView>();
            var hasOpen = false;
            foreach (var month in new Period(starts.Min() ?? today, today.AddDays(1)).Months())
            {
                if (closings.TryGetValue(month.MonthKey, out var closing))
                {
                    items.Add(PeriodView.Of(closing));
                    continue;
                }

                IReadOnlyList<PeriodGate>? shut = hasOpen ? null : await gates.OfAsync(facts, month, head, asOf.Position, cancellation);
                hasOpen = true;
                items.Add(new(
                    month.MonthKey, PeriodStatus.Open, null, null, null, null,
                    shut is null ? null : shut.All(gate => gate.Ready) && month.To <= today, shut));
            }

            return TypedResults.Ok(new Response(asOf, items));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<PeriodView> Items);
}
