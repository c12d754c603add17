using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>
/// Posts what the plans come to. It follows whatever pay depends on, works out for whom it matters, calculates their pay
/// from the streams and appends the difference to what was posted (RULES R19); a day's turn does the same for everybody.
/// </summary>
internal sealed class CompensationReactor(
    CompensationScope scope, CommissionPoster poster, CreditReader credits, CompensationDay day, Projector projector,
    EventStore store) : IReactor
{
    public const string ProgressName = "compensation:1";

    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(2);

    private long passed;
    private long epoch;

    public string Name => ProgressName;

    public async Task ReactAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation)
    {
        if (page[0].Position != passed + 1 || store.Epoch != epoch)
        {
            // Another process may have posted meanwhile, or the log be another: what this one remembers may be out of date.
            epoch = store.Epoch;
            credits.ForgetAll();
            poster.ForgetAll();
            scope.ForgetAll();
        }

        foreach (var tenant in page.GroupBy(recorded => recorded.Tenant, StringComparer.Ordinal))
        {
            var relevant = scope.ThatMatter(tenant);
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
            await poster.PostAsync(tenant.Key, touched, day.Today, cancellation);
        }

        passed = page[^1].Position;
    }

    public async Task<bool> WorkOffAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var tenant in await day.TenantsToTurnAsync(now, cancellation))
        {
            var reps = await scope.WithPlansAsync(tenant, cancellation);
            await poster.PostAsync(
                tenant, reps.Select(rep => KeyValuePair.Create(rep, (IReadOnlyList<PossibleCause>)[])), day.Today, cancellation);
            await day.TurnedAsync(tenant, now, cancellation);
        }

        return false;
    }
}
