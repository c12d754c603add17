using SalesOps.Api.Facts;
using SalesOps.Domain;

namespace SalesOps.Api.Ledger;

/// <summary>By what sums of the ledger are told apart.</summary>
internal enum LedgerGrouping
{
    Rep,
    Deal,

    /// <summary>By version, as <c>plan@version</c>.</summary>
    Plan,

    /// <summary>By the month that the lines are about.</summary>
    OriginPeriod,
}

/// <summary>Sums of the ledger by one grouping and currency, in SQL.</summary>
internal static class LedgerGroups
{
    /// <summary>The key of a row of <c>ledger_entries e</c>, by the grouping in $4; <c>all</c> without one.</summary>
    public const string KeySql = """
        (case coalesce($4, 'all') when 'rep' then e.rep_id when 'deal' then e.deal_id
           when 'plan' then e.plan_id || '@' || e.plan_version when 'originPeriod' then to_char(e.origin, 'YYYY-MM')
           else 'all' end) collate "C"
        """;

    extension(FactReader facts)
    {
        /// <summary>The names of reps or deals, by the grouping; empty for others.</summary>
        public async Task<IReadOnlyDictionary<string, string>> NamesAsync(
            LedgerGrouping? grouping, IEnumerable<string?> keys, DateTimeOffset validAt, CancellationToken cancellation)
        {
            const string sql = """
                select rep_id, name from rep_facts
                where $4 = 'rep' and tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                  and rep_id = any($5)
                union all
                select deal_id, name from deal_facts
                where $4 = 'deal' and tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                  and deal_id = any($5)
                """;
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            if (grouping is not (LedgerGrouping.Rep or LedgerGrouping.Deal))
            {
                return names;
            }

            await using var query = facts.Query(sql, validAt);
            query.Parameters.Add(FactParameter.Text(EnumName<LedgerGrouping>.Of(grouping.Value)));
            query.Parameters.Add(FactParameter.Any(keys.OfType<string>()));
            await using var rows = await query.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                names[rows.GetString(0)] = rows.GetString(1);
            }

            return names;
        }
    }
}
