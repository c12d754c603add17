using Npgsql;
using SalesOps.Api.Http;
using SalesOps.Store;

namespace SalesOps.Api.Audit;

/// <summary>A read that was recorded.</summary>
/// <param name="Operation">The name of the operation in the API's document.</param>
/// <param name="Target">The path with its query.</param>
internal sealed record SensitiveRead(long Id, DateTimeOffset ReadAt, string Actor, string Operation, string Target, string TraceId);

/// <summary>The record of who read what; it is only ever added to.</summary>
internal sealed class SensitiveReads(DatabasePools pools)
{
    public async Task RecordAsync(
        Caller caller, string operation, string target, string traceId, CancellationToken cancellation)
    {
        const string insert = """
            insert into sensitive_read (tenant_id, actor, operation, target, trace_id) values ($1, $2, $3, $4, $5)
            """;
        await using var command = pools.Web.CreateCommand(insert);
        foreach (var text in (string[])[caller.Tenant, caller.Actor, operation, target, traceId])
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        }

        await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<IReadOnlyList<SensitiveRead>> ListAsync(
        string tenant, long after, int limit, CancellationToken cancellation)
    {
        const string page = """
            select id, read_at, actor, operation, target, trace_id from sensitive_read
            where tenant_id = $1 and id > $2 order by id limit $3
            """;
        await using var command = pools.Web.CreateCommand(page);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var reads = new List<SensitiveRead>();
        while (await rows.ReadAsync(cancellation))
        {
            reads.Add(new(
                rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetString(2), rows.GetString(3), rows.GetString(4),
                rows.GetString(5)));
        }

        return reads;
    }
}
