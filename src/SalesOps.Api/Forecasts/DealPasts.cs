using System.Runtime.CompilerServices;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Forecasts;
using SalesOps.Store;

namespace SalesOps.Api.Forecasts;

/// <summary>
/// Reads all that was ever known of deals and pipelines, deal by deal, by one of the two clocks of knowledge. What the
/// source knew when stands in the headers of the log alone, so that clock reads the log; the other reads the facts.
/// </summary>
internal sealed class DealPasts(EventStore store)
{
    /// <summary>What the models go by at instants of the past, each for a period of its own; the deals are read once.</summary>
    public async Task<IReadOnlyList<KnownModels>> KnowAsync(
        Knowledge knowledge, IReadOnlyList<(DateTimeOffset At, Period Days)> instants, FactReader facts, AsOfView asOf,
        Caller caller, CancellationToken cancellation)
    {
        var pipelines = await PipelinesAsync(knowledge, asOf, caller, cancellation);
        KnownModels[] models =
        [
            .. instants.Select(one => new KnownModels(
                new(one.At, one.At, caller.Calendar.DateOf(one.At), one.Days), id => pipelines.Find(id, one.At, one.At))),
        ];
        var deals = knowledge == Knowledge.Recorded
            ? RecordedAsync(facts, asOf.ValidAt, everKnown: true, cancellation)
            : BySourceAsync(caller, asOf.Position, cancellation);
        await foreach (var deal in deals)
        {
            foreach (var one in models)
            {
                one.Knowledge.Add(deal);
            }
        }

        return models;
    }

    /// <summary>The deals as the reader knows them, up to an instant of valid time.</summary>
    /// <param name="everKnown">Whether what was known before and no longer is comes too.</param>
    public static async IAsyncEnumerable<DealPast> RecordedAsync(
        FactReader facts, DateTimeOffset validAt, bool everKnown, [EnumeratorCancellation] CancellationToken cancellation)
    {
        const string sql = """
            select deal_id, valid_from, valid_to, known_from, known_to, status, pipeline_id, stage, amount, currency, owner_id,
              category, expected_close, opened_on, closed_on
            from deal_facts
            where tenant_id = $1 and valid_from <= $2 and known_from <= $3 and ($4 or known_to > $3)
            order by deal_id
            """;
        await using var query = facts.Query(sql, validAt);
        query.Parameters.Add(new Npgsql.NpgsqlParameter<bool> { TypedValue = everKnown });
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var (id, past) = ((string?)null, new List<KnownRow<DealMoment>>());
        while (await rows.ReadAsync(cancellation))
        {
            var next = rows.GetString(0);
            if (id is not null && id != next)
            {
                yield return new(new(id), past);
                past = [];
            }

            id = next;
            past.Add(new(
                rows.GetFieldValue<DateTimeOffset>(1), rows.GetFieldValue<DateTimeOffset>(2),
                rows.GetFieldValue<DateTimeOffset>(3), rows.GetFieldValue<DateTimeOffset>(4),
                new(
                    EnumName<DealStatus>.Parse(rows.GetString(5)), new(rows.GetString(6)), new(rows.GetString(7)), rows.MoneyOf(8, 9),
                    rows.TextOf(10) is { } owner ? new RepId(owner) : null,
                    rows.TextOf(11) is { } category ? EnumName<ForecastCategory>.Parse(category) : null,
                    rows.DateOf(12), rows.GetFieldValue<DateOnly>(13), rows.DateOf(14))));
        }

        if (id is not null)
        {
            yield return new(new(id), past);
        }
    }

    /// <summary>The versions of pipelines by the same clock.</summary>
    private async Task<PipelineVersions> PipelinesAsync(
        Knowledge knowledge, AsOfView asOf, Caller caller, CancellationToken cancellation)
    {
        var versions = new Dictionary<PipelineId, IReadOnlyList<KnownRow<PipelineFact>>>();
        var kind = StreamKinds.Pipelines;
        await foreach (var stream in store.ReadByStreamAsync(caller.Tenant, kind.Category, asOf.Position, cancellation))
        {
            // The source had its stages before anybody imported them: what a pipeline was first defined as was always known.
            var first = stream[0].RecordedAt;
            var id = stream[0].Stream[(kind.Category.Length + 1)..];
            versions[new(id)] = SourceKnowledge.RowsOf(
                [
                    .. stream.Select(recorded => (recorded.ToFact(), knowledge == Knowledge.Source && recorded.RecordedAt == first
                        ? DateTimeOffset.MinValue
                        : (DateTimeOffset?)null)),
                ],
                kind.DeciderOf(id), PipelineFact.Of);
        }

        return new(versions);
    }

    private async IAsyncEnumerable<DealPast> BySourceAsync(
        Caller caller, long upTo, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var kind = StreamKinds.Deals;
        await foreach (var stream in store.ReadByStreamAsync(caller.Tenant, kind.Category, upTo, cancellation))
        {
            yield return new(
                new(stream[0].Stream[(kind.Category.Length + 1)..]),
                SourceKnowledge.RowsOf(
                    [.. stream.Select(recorded => (recorded.ToFact(), recorded.Headers.SourceRecordedAt))],
                    Deal.Decider, DealMoment.Of));
        }
    }
}
