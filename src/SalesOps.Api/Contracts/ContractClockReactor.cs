using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;
using SalesOps.Store;

namespace SalesOps.Api.Contracts;

/// <summary>
/// Records what time does to contracts, once each and at the time at which it was so, also after days of downtime. It
/// looks at a contract when something happened to it and when the index of due dates says so.
/// </summary>
internal sealed class ContractClockReactor(
    DatabasePools pools, EventStore store, StateCache<object> cache, StreamTurns turns, TimeProvider time) : IReactor
{
    /// <summary>Who has recorded what the clock says.</summary>
    public const string Actor = "contract-clock";

    private const int ContractsMax = 100;
    private const int TriesMax = 3;

    public string Name => "contract-clock:1";

    public async Task ReactAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation)
    {
        var touched = page
            .Where(recorded => recorded.Headers.Actor != Actor
                && recorded.Stream.StartsWith($"{StreamKinds.Contracts.Category}/", StringComparison.Ordinal))
            .Select(recorded => (recorded.Tenant, recorded.Stream))
            .Distinct();
        foreach (var (tenant, stream) in touched)
        {
            await SettleAsync(tenant, stream, time.GetUtcNow(), cancellation);
        }
    }

    public async Task<bool> WorkOffAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var hasWorked = false;
        foreach (var (tenant, id) in await DueAsync(now, cancellation))
        {
            // The facts may be behind: then there is nothing left to say, and nothing is said.
            hasWorked |= await SettleAsync(tenant, StreamKinds.Contracts.NameOf(id), now, cancellation);
        }

        return hasWorked;
    }

    private async Task<IReadOnlyList<(string Tenant, string Id)>> DueAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        const string due = """
            select tenant_id, contract_id from contract_facts
            where known_to = 'infinity' and valid_to = 'infinity' and next_due <= $1
            order by next_due limit $2
            """;
        await using var command = pools.Background.CreateCommand(due);
        command.Parameters.Add(FactParameter.Instant(now));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ContractsMax });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var contracts = new List<(string Tenant, string Id)>();
        while (await rows.ReadAsync(cancellation))
        {
            contracts.Add((rows.GetString(0), rows.GetString(1)));
        }

        return contracts;
    }

    /// <summary>Whether something was recorded; another writer who was faster has seen to it, or wakes the reactor again.</summary>
    private async Task<bool> SettleAsync(string tenant, string stream, DateTimeOffset now, CancellationToken cancellation)
    {
        using var turn = await turns.TakeAsync(tenant, [stream], cancellation);
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var recorded = await store.ReadStreamAsync(tenant, stream, cancellation);
            var timeline = Timeline<Contract, ContractEvent>.Empty(Contract.Decider)
                .With([.. recorded.Select(@event => @event.ToFact())]);
            var settlement = ContractClock.Settle(timeline, now, BusinessCalendar.Utc);
            if (settlement.IsEmpty)
            {
                return false;
            }

            var cause = recorded.LastOrDefault(@event => @event.Headers.Actor != Actor);
            var facts = ContractCommands.Facts(settlement, cause?.Type ?? "time");
            var append = new Append(tenant, [new StreamWrite(stream, timeline.Version, [.. facts.Select(Encode)])])
            {
                CausationId = cause?.Id.ToString(),
            };
            if (await store.AppendAsync(append, cancellation) is not AppendOutcome.Conflict)
            {
                cache.Remove(tenant, stream);
                return true;
            }
        }

        return false;

        NewEvent Encode(NewFact fact) => EventEncoding.ToNewEvent(fact.Event, Guid.CreateVersion7(now), new EventHeaders
        {
            EffectiveAt = fact.EffectiveAt,
            Actor = Actor,
            Reason = fact.Reason,
            Voids = fact.Voids,
        });
    }
}
