using SalesOps.Api.Access;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Ledger;

/// <summary>Whose postings a reader sees: those of the reps whose own facts the reader sees at the time asked for.</summary>
internal static class LedgerSight
{
    extension(FactReader facts)
    {
        /// <summary>A filter of no more reps than the caller sees.</summary>
        public async Task<LedgerFilter> SeenAsync(
            Caller caller, LedgerFilter filter, DateTimeOffset validAt, CancellationToken cancellation)
        {
            const string sql = """
                select distinct rep_id from rep_facts where tenant_id = $1 and known_from <= $3 and known_to > $3
                """;
            if (caller.Reach == Reach.All)
            {
                return filter;
            }

            await using var query = facts.Query(sql, validAt);
            await using var rows = await query.ExecuteReaderAsync(cancellation);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (await rows.ReadAsync(cancellation))
            {
                seen.Add(rows.GetString(0));
            }

            return filter with { RepIds = [.. filter.RepIds?.Where(seen.Contains) ?? seen] };
        }

        /// <summary>Whether the caller sees what is posted of a rep.</summary>
        public async Task<bool> SeesPayAsync(
            Caller caller, RepId repId, DateTimeOffset validAt, CancellationToken cancellation) =>
            await facts.SeenAsync(caller, new([repId.Value]), validAt, cancellation) is { RepIds: not [] };
    }
}
