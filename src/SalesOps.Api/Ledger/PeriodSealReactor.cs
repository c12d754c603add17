using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>Finishes closes whose process went away between their two events.</summary>
internal sealed class PeriodSealReactor(DatabasePools pools, PeriodCloser closer) : IReactor
{
    private const string Actor = "period-close";

    /// <summary>Until then whoever closes is at it.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    public string Name => "period-seal:1";

    public Task ReactAsync(IReadOnlyList<RecordedEvent> page, CancellationToken cancellation) => Task.CompletedTask;

    public async Task<bool> WorkOffAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        const string sql = """
            select tenant_id, period from period_facts
            where known_to = 'infinity' and valid_to = 'infinity' and status = 'closing' and known_from < $1 limit 10
            """;
        var left = new List<(string Tenant, string Month)>();
        await using (var command = pools.Background.CreateCommand(sql))
        {
            command.Parameters.Add(FactParameter.Instant(now - patience));
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                left.Add((rows.GetString(0), rows.GetString(1)));
            }
        }

        foreach (var (tenant, month) in left)
        {
            var write = new WriteRequest(
                new(Actor, tenant, BusinessCalendar.Utc), null, null, string.Empty,
                now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)));
            await closer.SealAsync(write, Period.Find(month)!.Value, month, cancellation);
        }

        return false;
    }
}
