using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>The versions of plans in force for a rep.</summary>
/// <param name="Terms">In the order of their days.</param>
/// <param name="Earliest">The first day that any assignment ever named; null where there never was one.</param>
internal sealed record RepTerms(IReadOnlyList<PlanTerm> Terms, DateOnly? Earliest);

/// <summary>Reads plans, their assignments and the rates of exchange from their streams.</summary>
internal sealed class PlanReader
{
    public static IReadOnlyList<string> Categories { get; } = [];

    public Task<IReadOnlyDictionary<RepId, RepTerms>> TermsOfAsync(
        string tenant, IReadOnlyCollection<RepId> reps, DateOnly today, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<RepId, RepTerms>>(new Dictionary<RepId, RepTerms>());

    public Task<IReadOnlyList<RepId>> RepsOnAsync(
        string tenant, IReadOnlyCollection<PlanId>? plans, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RepId>>([]);

    public Task<FxRates> RatesAsync(string tenant, CancellationToken cancellation) => Task.FromResult(FxRates.None);

    public Task<IReadOnlyList<RepId>> TouchedByAsync(
        string tenant, RecordedEvent recorded, string id, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<RepId>>([]);

    public Task<IReadOnlyDictionary<RepId, IReadOnlyList<RepId>>> RivalsAsync(
        string tenant, IReadOnlyCollection<RepId> reps, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<RepId, IReadOnlyList<RepId>>>(new Dictionary<RepId, IReadOnlyList<RepId>>());
}
