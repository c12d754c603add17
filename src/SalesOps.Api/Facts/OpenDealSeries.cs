using Npgsql;
using NpgsqlTypes;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Facts;

/// <summary>
/// Reads the open deals of many instants at once: each row of facts once, as what it adds at the first instant that it holds
/// at and takes away after the last, summed up from instant to instant.
/// </summary>
internal static class OpenDealSeries
{
    private const string Sql = $"""
        with {OpenDealRows.Classes},
        known as (
          select pipeline_id, stage, case when $8 then owner_id end owner_id, category, currency, amount,
            width_bucket(valid_from - interval '1 microsecond', $9::timestamptz[]) first,
            width_bucket(valid_to - interval '1 microsecond', $9::timestamptz[]) after
          from (
            select pipeline_id, stage, owner_id, account_id, category, currency, amount, valid_from, valid_to from deal_facts
            where tenant_id = $1 and known_to = 'infinity' and status = 'open'
              and valid_from <= $2 and valid_to > $9[1] and known_from <= $3
            union all
            select once.* from reach cross join lateral (
              select pipeline_id, stage, owner_id, account_id, category, currency, amount, valid_from, valid_to from deal_facts
              where tenant_id = $1 and known_to <> 'infinity' and status = 'open'
                and known_class = reach.class and known_from > coalesce($3 - reach.length, '-infinity')
                and known_from <= $3 and known_to > $3 and valid_from <= $2 and valid_to > $9[1]
              offset 0) once) open
          where ($4::varchar[] is null or owner_id = any($4)) and ($5::varchar[] is null or account_id = any($5))
            and ($6::varchar[] is null or stage = any($6)) and ($7::varchar[] is null or pipeline_id = any($7)))
        select pipeline_id, stage, owner_id, category, currency, first, after, count(*), sum(amount) from known
        where first < after
        group by grouping sets (
          (pipeline_id, stage, owner_id, category, currency, first), (pipeline_id, stage, owner_id, category, currency, after))
        """;

    /// <summary>The deals that are open at each instant, those alike added up.</summary>
    /// <param name="instants">Rising, and at least one.</param>
    /// <param name="byOwner">Whether deals of different owners are not alike.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<OpenDeals>>> OpenDealsAsync(
        this FactReader facts, IReadOnlyList<DateTimeOffset> instants, OpenDealFilter filter, bool byOwner,
        CancellationToken cancellation)
    {
        var changes = new List<(OpenDeals Deals, decimal Sum)>[instants.Count + 1];
        await using var command = facts.QueryOnce(Sql, instants[^1]);
        command.Parameters.Add(FactParameter.Any(filter.OwnerIds));
        command.Parameters.Add(FactParameter.Any(filter.AccountIds));
        command.Parameters.Add(FactParameter.Any(filter.Stages));
        command.Parameters.Add(FactParameter.Any(filter.PipelineIds));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = byOwner });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset[]>
        {
            TypedValue = [.. instants],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
            {
                // A set has the instant from which deals count, or the one from which they no longer do.
                var sign = rows.IsDBNull(5) ? -1 : 1;
                var at = rows.GetInt32(sign > 0 ? 5 : 6);
                (changes[at] ??= []).Add((
                    new(
                        new(rows.GetString(0)),
                        new(rows.GetString(1)),
                        rows.TextOf(2) is { } owner ? new RepId(owner) : null,
                        rows.TextOf(3) is { } category ? EnumName<ForecastCategory>.Parse(category) : null,
                        sign * rows.GetInt64(7),
                        rows.TextOf(4) is { } currency ? new Money(0, currency) : null),
                    sign * (rows.NumberOf(8) ?? 0)));
            }
        }

        return [.. Sums(changes.Take(instants.Count))];
    }

    private static IEnumerable<IReadOnlyList<OpenDeals>> Sums(IEnumerable<List<(OpenDeals Deals, decimal Sum)>?> changes)
    {
        var running = new Dictionary<OpenDeals, (long Deals, decimal Sum)>();
        foreach (var change in changes)
        {
            foreach (var (deals, sum) in change ?? [])
            {
                var alike = deals with { Deals = 0 };
                var before = running.GetValueOrDefault(alike);
                var after = (Deals: before.Deals + deals.Deals, before.Sum + sum);
                if (after.Deals == 0)
                {
                    running.Remove(alike);
                }
                else
                {
                    running[alike] = after;
                }
            }

            yield return
            [
                .. running.Select(entry => entry.Key with
                {
                    Deals = entry.Value.Deals,
                    Sum = entry.Key.Sum is { } zero ? zero with { Amount = entry.Value.Sum } : null,
                }),
            ];
        }
    }

    /// <summary>The versions of every pipeline over the whole of valid time.</summary>
    public static async Task<PipelineVersions> PipelineVersionsAsync(this FactReader facts, CancellationToken cancellation)
    {
        const string sql = """
            select pipeline_id, pipeline_name, stage, name, probability, category, valid_from, valid_to, known_from, known_to
            from stage_facts
            where tenant_id = $1 and valid_from <= $2 and known_from <= $3 and known_to > $3
            order by pipeline_id, valid_from, stage_order
            """;
        await using var command = facts.Query(sql, DateTimeOffset.MaxValue);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var stages = new List<(PipelineId Id, KnownRow<string> Version, StageFact Stage)>();
        while (await rows.ReadAsync(cancellation))
        {
            stages.Add((
                new(rows.GetString(0)),
                new(
                    rows.GetFieldValue<DateTimeOffset>(6), rows.GetFieldValue<DateTimeOffset>(7),
                    rows.GetFieldValue<DateTimeOffset>(8), rows.GetFieldValue<DateTimeOffset>(9), rows.GetString(1)),
                new(
                    new(rows.GetString(2)), rows.GetString(3), rows.NumberOf(4),
                    rows.TextOf(5) is { } category ? EnumName<ForecastCategory>.Parse(category) : null)));
        }

        return new(stages.GroupBy(row => (row.Id, row.Version)).Select(rows => (rows.Key.Id, new KnownRow<PipelineFact>(
            rows.Key.Version.ValidFrom, rows.Key.Version.ValidTo, rows.Key.Version.KnownFrom, rows.Key.Version.KnownTo,
            new(rows.Key.Version.Row, [.. rows.Select(row => row.Stage)])))));
    }
}
