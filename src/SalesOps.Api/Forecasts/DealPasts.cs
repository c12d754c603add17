using System.Runtime.CompilerServices;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Pipelines;
using SalesOps.Store;

namespace SalesOps.Api.Forecasts;

/// <summary>An instant of the past at which the models are asked, and for which period.</summary>
internal readonly record struct AskedModels(DateTimeOffset At, Period Days);

/// <summary>
/// Reads all that was ever known of deals and pipelines, deal by deal, by one of the two clocks of knowledge. What the
/// source knew when stands in the headers of the log alone, so that clock reads the log; the other reads the facts.
/// </summary>
internal sealed class DealPasts(EventStore store)
{
    /// <summary>
    /// What the models went by, by what was recorded here; the deals are read once for all instants. Null by the clock of
    /// the source: the log takes its time, and no snapshot of the facts waits for it.
    /// </summary>
    public async Task<IReadOnlyList<KnownModels>?> RecordedAsync(
        Knowledge knowledge, IReadOnlyList<AskedModels> instants, FactReader facts, AsOfView asOf, Caller caller,
        CancellationToken cancellation)
    {
        if (knowledge != Knowledge.Recorded)
        {
            return null;
        }

        var models = await ModelsAsync(knowledge, instants, asOf, caller, cancellation);
        DateTimeOffset[] times = [.. instants.Select(one => one.At).Distinct().Order()];
        await foreach (var deal in RecordedAsync(facts, asOf.ValidAt, times, cancellation))
        {
            Add(deal, models);
        }

        return models;
    }

    /// <summary>The same by the clock of the source, up to the position of an answer.</summary>
    /// <param name="seen">The reps whose deals the caller sees; null for all.</param>
    public async Task<IReadOnlyList<KnownModels>> BySourceAsync(
        IReadOnlyList<AskedModels> instants, AsOfView asOf, IReadOnlySet<RepId>? seen, Caller caller,
        CancellationToken cancellation)
    {
        var models = await ModelsAsync(Knowledge.Source, instants, asOf, caller, cancellation);
        var kind = StreamKinds.Deals;
        await foreach (var stream in store.ReadByStreamAsync(caller.Tenant, kind.Category, asOf.Position, cancellation))
        {
            var rows = SourceKnowledge.RowsOf(
                [.. stream.Select(recorded => (recorded.ToFact(), recorded.Headers.SourceRecordedAt))],
                Deal.Decider, DealMoment.Of);
            Add(
                new(
                    new(stream[0].Stream[(kind.Category.Length + 1)..]),
                    seen is null ? rows : [.. rows.Where(row => row.Row.OwnerId is { } owner && seen.Contains(owner))]),
                models);
        }

        return models;
    }

    /// <summary>
    /// The deals as the reader knows them at an instant of valid time, or as they were and were known at instants of the
    /// past: what held or was known between two of them only does not come.
    /// </summary>
    /// <param name="instants">Rising; null for the one instant as known now.</param>
    public static async IAsyncEnumerable<DealPast> RecordedAsync(
        FactReader facts, DateTimeOffset validAt, DateTimeOffset[]? instants,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        const string sql = """
            select deal_id, valid_from, valid_to, known_from, known_to, status, pipeline_id, stage, amount, currency, owner_id,
              category, expected_close, opened_on, closed_on, case when status <> 'open' then path_stages end,
              case when status <> 'open' then path_since end
            from deal_facts
            where tenant_id = $1 and valid_from <= $2 and known_from <= $3 and case
              when $4::timestamptz[] is null then known_to > $3 and valid_to > $2
              else width_bucket(greatest(valid_from, known_from) - interval '1 microsecond', $4)
                < width_bucket(least(valid_to, known_to) - interval '1 microsecond', $4) end
            order by deal_id collate "C"
            """;
        await using var query = facts.Query(sql, validAt);
        query.Parameters.Add(FactParameter.Instants(instants));
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
                    rows.DateOf(12), rows.GetFieldValue<DateOnly>(13), rows.DateOf(14),
                    rows.IsDBNull(15)
                        ? []
                        :
                        [
                            .. rows.GetFieldValue<string[]>(15).Zip(
                                rows.GetFieldValue<DateTimeOffset[]>(16), (stage, since) => new StageVisit(new(stage), since)),
                        ])));
        }

        if (id is not null)
        {
            yield return new(new(id), past);
        }
    }

    private static void Add(DealPast deal, IReadOnlyList<KnownModels> models)
    {
        foreach (var one in models)
        {
            one.Knowledge.Add(deal);
        }
    }

    private async Task<IReadOnlyList<KnownModels>> ModelsAsync(
        Knowledge knowledge, IReadOnlyList<AskedModels> instants, AsOfView asOf, Caller caller, CancellationToken cancellation)
    {
        var pipelines = await PipelinesAsync(knowledge, asOf, caller, cancellation);
        return
        [
            .. instants.Select(one => new KnownModels(
                new(one.At, one.At, caller.Calendar.DateOf(one.At), one.Days), id => pipelines.Find(id, one.At, one.At))),
        ];
    }

    /// <summary>The versions of pipelines by the same clock.</summary>
    private async Task<PipelineVersions> PipelinesAsync(
        Knowledge knowledge, AsOfView asOf, Caller caller, CancellationToken cancellation)
    {
        var versions = new List<(PipelineId Id, KnownRow<PipelineFact> Version)>();
        var kind = StreamKinds.Pipelines;
        await foreach (var stream in store.ReadByStreamAsync(caller.Tenant, kind.Category, asOf.Position, cancellation))
        {
            // The source had its stages before anybody imported them: what a pipeline was first defined as was always known.
            var first = stream[0].RecordedAt;
            var id = stream[0].Stream[(kind.Category.Length + 1)..];
            versions.AddRange(SourceKnowledge.RowsOf(
                [
                    .. stream.Select(recorded => (recorded.ToFact(), knowledge == Knowledge.Source && recorded.RecordedAt == first
                        ? DateTimeOffset.MinValue
                        : (DateTimeOffset?)null)),
                ],
                kind.DeciderOf(id), PipelineFact.Of).Select(version => (new PipelineId(id), version)));
        }

        return new(versions);
    }
}
