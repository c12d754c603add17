using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>A capitalised cost and whose pay it is.</summary>
internal sealed record RepCost(RepId RepId, CapitalisedCost Cost);

/// <summary>The schedules of capitalised costs, calculated from the streams as known at a position of the log.</summary>
internal sealed class CostReader(DatabasePools pools, EventStore store)
{
    private const int RepsAtOnce = 50;

    /// <summary>The reps with capitalised costs by the books, in order.</summary>
    /// <param name="from">The first that is asked for.</param>
    /// <param name="leftOn">Those alone that have something left before this day.</param>
    public static async Task<IReadOnlyList<RepId>> RepsAsync(
        FactReader facts, IReadOnlyList<string>? repIds, string? from, DateOnly? leftOn, CancellationToken cancellation)
    {
        const string sql = """
            select rep_id collate "C" rep from ledger_entries
            where tenant_id = $1 and recorded_at <= $3 and account = 'contractCostAsset'
              and ($4::varchar[] is null or rep_id = any($4)) and rep_id collate "C" >= coalesce($5, '')
              and ($6::date is null or posted_on < $6)
            group by 1 having $6::date is null or sum(amount) <> 0 order by 1
            """;
        await using var query = facts.Query(sql, DateTimeOffset.MaxValue);
        query.Parameters.Add(FactParameter.Any(repIds));
        query.Parameters.Add(FactParameter.Text(from));
        query.Parameters.Add(FactParameter.Date(leftOn));
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var reps = new List<RepId>();
        while (await rows.ReadAsync(cancellation))
        {
            reps.Add(new(rows.GetString(0)));
        }

        return reps;
    }

    /// <summary>The costs of reps, as the plans capitalise them.</summary>
    /// <param name="position">What was recorded later does not count.</param>
    /// <param name="today">What takes effect later neither.</param>
    public async IAsyncEnumerable<RepCost> CostsAsync(
        string tenant, IReadOnlyList<RepId> reps, long position, DateOnly today,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var readers = PayReaders.Of(pools, new PayStreams(store) { Until = position });
        foreach (var chunk in reps.Chunk(RepsAtOnce))
        {
            var pay = await readers.Inputs.OfAsync(tenant, chunk, today, cancellation);
            foreach (var rep in chunk.Where(pay.ContainsKey))
            {
                foreach (var cost in pay[rep].Inputs.SelectMany(input => CostsOf(input, today))
                    .OrderBy(cost => cost.First.CreditId, StringComparer.Ordinal))
                {
                    yield return new(rep, cost);
                }
            }
        }
    }

    private static IReadOnlyList<CapitalisedCost> CostsOf(CompensationInput input, DateOnly today) =>
        CapitalisedCost.Capitalises(input) && CompensationEngine.Refuse(input) is null
            ? CapitalisedCost.Of([.. PayTarget.EarnedBy(input, today)], input)
            : [];
}
