using Npgsql;
using NpgsqlTypes;
using SalesOps.Domain;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>
/// The business date up to which pay is posted, tenant by tenant. It only goes forward: with each new day what waited for
/// it is posted, once, also after days of downtime.
/// </summary>
internal sealed class CompensationDay(DatabasePools pools, TimeProvider time)
{
    private const string Prefix = "compensation-day:1:";

    private DateOnly lookedOn;

    /// <summary>The present date.</summary>
    public DateOnly Today => BusinessCalendar.Utc.DateOf(time.GetUtcNow());

    /// <summary>The tenants with plans for which a day has begun that was not seen to.</summary>
    public async Task<IReadOnlyList<string>> TenantsToTurnAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        const string sql = """
            select t.tenant_id from (select distinct tenant_id from mt_streams where starts_with(id, 'rep-plan/')) t
            left join mt_event_progression p on p.name = $1 || t.tenant_id
            where coalesce(p.last_seq_id, 0) < $2
            """;
        var date = BusinessCalendar.Utc.DateOf(now);
        if (date <= lookedOn)
        {
            return [];
        }

        await using var command = pools.Background.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Prefix, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = date.DayNumber });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var tenants = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            tenants.Add(rows.GetString(0));
        }

        lookedOn = tenants is [] ? date : lookedOn;
        return tenants;
    }

    /// <summary>Everything up to the date was seen to.</summary>
    public async Task TurnedAsync(string tenant, DateTimeOffset now, CancellationToken cancellation)
    {
        const string sql = """
            insert into mt_event_progression (name, last_seq_id) values ($1, $2)
            on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = now()
              where mt_event_progression.last_seq_id < excluded.last_seq_id
            """;
        await using var command = pools.Background.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Prefix + tenant, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = BusinessCalendar.Utc.DateOf(now).DayNumber });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
