using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>
/// Posts what the plans come to. It follows whatever pay depends on, works out for whom it matters, calculates their pay
/// from the streams and appends the difference to what was posted (RULES R19); a day's turn does the same for everybody.
/// </summary>
internal sealed class CompensationReactor(
    CompensationScope scope, CommissionPoster poster, CreditReader credits, CompensationDay day, Projector projector)
    : IReactor
{
    public const string ProgressName = "compensation:1";

    private const int RepsAtOnce = 25;

    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(2);

    private long passed;

    public string Name => ProgressName;

    public async Task ReactAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation)
    {
        if (page[0].Position != passed + 1)
        {
            // Another process may have posted meanwhile: what this one remembers may be out of date.
            credits.ForgetAll();
            poster.ForgetAll();
        }

        foreach (var tenant in page.GroupBy(recorded => recorded.Tenant, StringComparer.Ordinal))
        {
            RecordedEvent[] relevant = [.. tenant.Where(recorded => CompensationScope.Matters(recorded))];
            if (relevant is [])
            {
                continue;
            }

            // The read tables tell where to look: they must have come as far as this page.
            if (!await projector.WaitForAsync(page[^1].Position, longestWait, cancellation))
            {
                await projector.CatchUpAsync(cancellation);
            }

            var touched = await scope.OfAsync(tenant.Key, relevant, cancellation);
            await PostAsync(tenant.Key, touched, cancellation);
        }

        passed = page[^1].Position;
    }

    public async Task<bool> WorkOffAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var tenant in await day.TenantsToTurnAsync(now, cancellation))
        {
            var reps = await scope.WithPlansAsync(tenant, cancellation);
            await PostAsync(tenant, reps.ToDictionary(rep => rep, _ => (IReadOnlyList<PossibleCause>)[]), cancellation);
            await day.TurnedAsync(tenant, now, cancellation);
        }

        return false;
    }

    private async Task PostAsync(
        string tenant, IReadOnlyDictionary<RepId, IReadOnlyList<PossibleCause>> reps, CancellationToken cancellation)
    {
        foreach (var chunk in reps.Chunk(RepsAtOnce))
        {
            await poster.PostAsync(tenant, chunk, day.Today, cancellation);
        }
    }
}
