using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Ledger;
using SalesOps.Domain.Compensation;
using SalesOps.Store;

namespace SalesOps.Api.Compensation;

/// <summary><c>GET /v1/comp-plans</c></summary>
internal sealed class ListPlansEndpoint : IEndpoint
{
    private const int PlansAtOnce = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/comp-plans", HandleAsync)
        .WithName("ListCompPlans").WithTags("Compensation")
        .WithSummary("Compensation plans as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadCompensation)
        .Produces<Response>()
        .Problems(422);

    private static Task<IResult> HandleAsync(
        Choices<PlanStatus>? status, CommaList? currency, Choices<PlanPeriod>? period, ReadAt at, Paging paging, Caller caller,
        FactReads reads, EventStore store, DatabasePools pools, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var plans = new PlanReader(pools, new PayStreams(store) { Until = asOf.Position });
            var ids = (await plans.PlanIdsAsync(caller.Tenant, cancellation))
                .Where(id => paging.After is not [var after] || string.CompareOrdinal(id, after) > 0)
                .Order(StringComparer.Ordinal);
            var items = new List<Item>();
            foreach (var chunk in ids.Chunk(PlansAtOnce))
            {
                items.AddRange((await plans.PlansAtAsync(caller.Tenant, chunk, at.ValidAt, cancellation))
                    .Where(plan => plan.State.Draft is not null)
                    .Select(plan => Item.Of(plan.Id, plan.State))
                    .Where(item => status?.Values.Contains(item.Status) != false
                        && currency?.Values.Contains(item.Currency) != false && period?.Values.Contains(item.Period) != false));
                if (items.Count > paging.Limit)
                {
                    break;
                }
            }

            var (page, next) = paging.Page([.. items.Take(paging.Limit + 1)], item => [item.Id]);
            return TypedResults.Ok(new Response(asOf, page, next));
        }
    }

    internal enum PlanStatus
    {
        /// <summary>No version is published.</summary>
        Draft,

        /// <summary>The last version is the draft.</summary>
        Published,

        /// <summary>The draft is another than the last version.</summary>
        Changed,
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    /// <param name="Version">The last one published.</param>
    /// <param name="Hash">Of that version.</param>
    /// <param name="EffectiveAt">From when that version counts.</param>
    internal sealed record Item(
        string Id, string Name, string Currency, PlanPeriod Period, PlanStatus Status, int? Version, string? Hash,
        DateTimeOffset? EffectiveAt)
    {
        public static Item Of(string id, CompPlan plan)
        {
            var (draft, last) = (plan.Draft!, plan.Versions.MaxBy(version => version.Number));
            var status = last is null ? PlanStatus.Draft : last.Plan == draft ? PlanStatus.Published : PlanStatus.Changed;
            return new(id, draft.Name, draft.Currency, draft.Period, status, last?.Number, last?.Hash, last?.From);
        }
    }
}
