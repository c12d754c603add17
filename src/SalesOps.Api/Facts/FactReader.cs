using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Npgsql;
using SalesOps.Api.Access;
using SalesOps.Api.Http;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Metrics;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Facts;

/// <summary>
/// Reads the facts of one tenant as they were known at one instant, in the snapshot that is open on the connection.
/// </summary>
/// <param name="isLatest">Whether that is all that the snapshot has, so that rows that are no longer known need no look.</param>
/// <param name="reach">Whose rows it gives.</param>
internal sealed class FactReader(
    NpgsqlConnection connection, string tenant, DateTimeOffset knownAt, bool isLatest, Reach reach)
{
    internal static readonly string OpenDealsSql = $"""
        with {OpenDealRows.Classes}
        select pipeline_id, stage, owner_id, category, currency, count(*), sum(amount),
          case when $8 then account_id end account
        from ({OpenDealRows.Sql("pipeline_id, stage, owner_id, account_id, category, currency, amount", "$2", "$3", "$3")}) open
        where ($4::varchar[] is null or owner_id = any($4)) and ($5::varchar[] is null or account_id = any($5))
          and ($6::varchar[] is null or stage = any($6)) and ($7::varchar[] is null or pipeline_id = any($7))
        group by pipeline_id, stage, owner_id, category, currency, account
        """;

    /// <summary>The snapshot itself, for the queries of tables that are no facts.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>Whether the tables hide no row from the caller.</summary>
    public bool SeesAll => reach == Reach.All;

    /// <summary>Tells the tables who asks, before anything is read of less than all of them.</summary>
    public async Task TellCallerAsync(Caller caller, CancellationToken cancellation)
    {
        if (SeesAll)
        {
            return;
        }

        await using var command = new NpgsqlCommand("select set_config($1, $2, true)", connection);
        command.Parameters.Add(FactParameter.Text(RowScope.CallerSetting));
        command.Parameters.Add(FactParameter.Text(caller.Actor));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Pages of what there is, by the same knowledge.</summary>
    public FactLists Lists => new(this);

    /// <summary>
    /// A query of a slice's own in the same snapshot: $1 is the tenant, $2 the instant asked for, $3 that of knowledge;
    /// its own parameters follow.
    /// </summary>
    public NpgsqlCommand Query(string sql, DateTimeOffset validAt) => Ask(sql, validAt, knownAt);

    /// <summary>
    /// What holds at $2 as it was known at $3, as a condition on the rows of a table: of the latest knowledge in the words
    /// of the indexes of what is known now.
    /// </summary>
    public string Holding(string table) => $"{table}.valid_from <= $2 and {table}.valid_to > $2 and {Known(table)}";

    /// <summary>What was known at $3, whenever it holds.</summary>
    public string Known(string table) =>
        $"{table}.tenant_id = $1 and {table}.known_from <= $3 and {table}.known_to {(isLatest ? "= 'infinity'" : "> $3")}";

    /// <summary>
    /// The instant of knowledge for queries of what was known once and no longer is: by the latest knowledge there is
    /// none, and the end of time says so at once. Who sees some reps only needs the organisation as it is known.
    /// </summary>
    public DateTimeOffset KnownOnceAt => isLatest && SeesAll ? DateTimeOffset.MaxValue : knownAt;

    /// <summary>A query like <see cref="Query"/> by <see cref="KnownOnceAt"/>.</summary>
    public NpgsqlCommand QueryOnce(string sql, DateTimeOffset validAt) => Ask(sql, validAt, KnownOnceAt);

    /// <summary>The deals that were open at an instant, those alike added up.</summary>
    /// <param name="byAccount">Whether deals of different accounts are not alike.</param>
    public async Task<IReadOnlyList<OpenDeals>> OpenDealsAsync(
        DateTimeOffset validAt, OpenDealFilter filter, bool byAccount, CancellationToken cancellation)
    {
        await using var command = QueryOnce(OpenDealsSql, validAt);
        command.Parameters.Add(FactParameter.Any(filter.OwnerIds));
        command.Parameters.Add(FactParameter.Any(filter.AccountIds));
        command.Parameters.Add(FactParameter.Any(filter.Stages));
        command.Parameters.Add(FactParameter.Any(filter.PipelineIds));
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = byAccount });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var open = new List<OpenDeals>();
        while (await rows.ReadAsync(cancellation))
        {
            open.Add(new(
                new(rows.GetString(0)),
                new(rows.GetString(1)),
                rows.TextOf(2) is { } owner ? new RepId(owner) : null,
                CategoryOf(rows.TextOf(3)),
                rows.GetInt64(5),
                rows.TextOf(4) is { } currency ? new Money(rows.GetDecimal(6), currency) : null,
                rows.TextOf(7) is { } account ? new AccountId(account) : null));
        }

        return open;
    }

    /// <summary>The deals that are won or lost at an instant and closed in a range of dates, one by one.</summary>
    public async IAsyncEnumerable<ClosedDeal> ClosedDealsAsync(
        DateTimeOffset validAt, DateOnly? from, DateOnly? to, IReadOnlyList<DealStatus> statuses,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        const string sql = """
            select status, opened_on, closed_on, owner_id, amount, currency, source, competitor, products, product_amounts
            from deal_facts
            where tenant_id = $1 and status <> 'open' and status = any($6)
              and closed_on >= coalesce($4, '-infinity') and closed_on < coalesce($5, 'infinity')
              and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
            """;
        await using var command = Query(sql, validAt);
        command.Parameters.Add(FactParameter.Date(from));
        command.Parameters.Add(FactParameter.Date(to));
        command.Parameters.Add(FactParameter.Any([.. statuses.Select(EnumName<DealStatus>.Of)]));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var currency = rows.TextOf(5);
            var amounts = rows.GetFieldValue<decimal?[]>(9);
            yield return new(
                EnumName<DealStatus>.Parse(rows.GetString(0)),
                rows.GetFieldValue<DateOnly>(1),
                rows.GetFieldValue<DateOnly>(2),
                rows.TextOf(3) is { } owner ? new RepId(owner) : null,
                MoneyOf(rows.NumberOf(4), currency),
                rows.TextOf(6),
                rows.TextOf(7),
                [.. rows.GetFieldValue<string[]>(8).Select((product, index) =>
                    (new ProductId(product), MoneyOf(amounts[index], currency)))]);
        }
    }

    /// <summary>Every rep over the whole of valid time, to group by: the organisation is no secret within it.</summary>
    public async Task<Organisation> OrganisationAsync(CancellationToken cancellation)
    {
        const string sql = $"""
            select rep_id, valid_from, valid_to, known_from, known_to, {RepFactTable.ValueColumns} from rep_facts
            where tenant_id = $1 and known_from <= $2 and known_to > $2
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(FactParameter.Text(tenant));
        command.Parameters.Add(FactParameter.Instant(knownAt));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var reps = new List<(RepId RepId, KnownRow<RepFact> Row)>();
        while (await rows.ReadAsync(cancellation))
        {
            reps.Add((new(rows.GetString(0)), new(
                rows.GetFieldValue<DateTimeOffset>(1), rows.GetFieldValue<DateTimeOffset>(2),
                rows.GetFieldValue<DateTimeOffset>(3), rows.GetFieldValue<DateTimeOffset>(4),
                RepFactTable.Read(rows, 5))));
        }

        return new(reps);
    }

    /// <summary>The version of every pipeline that is in force at an instant; the default one is there without events.</summary>
    public async Task<IReadOnlyDictionary<PipelineId, PipelineFact>> PipelinesAsync(
        DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string sql = """
            select pipeline_id, pipeline_name, stage, name, probability, category from stage_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
            order by pipeline_id, stage_order
            """;
        await using var command = Query(sql, validAt);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var stages = new List<(PipelineId PipelineId, string Name, StageFact Stage)>();
        while (await rows.ReadAsync(cancellation))
        {
            stages.Add((new(rows.GetString(0)), rows.GetString(1), new(
                new(rows.GetString(2)), rows.GetString(3), rows.NumberOf(4), CategoryOf(rows.TextOf(5)))));
        }

        var pipelines = stages.GroupBy(row => row.PipelineId).ToDictionary(
            rows => rows.Key, rows => new PipelineFact(rows.First().Name, [.. rows.Select(row => row.Stage)]));
        pipelines.TryAdd(Pipeline.DefaultId, PipelineFact.Of(Pipeline.Decider(Pipeline.DefaultId).Initial)!);
        return pipelines;
    }

    /// <summary>The names of products at an instant.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ProductNamesAsync(
        DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string sql = """
            select product_id, name from product_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
            """;
        await using var command = Query(sql, validAt);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation))
        {
            names[rows.GetString(0)] = rows.GetString(1);
        }

        return names;
    }

    /// <summary>The only way to the tables of facts: narrowed to what the caller sees.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Every query is a constant of its slice.")]
    private NpgsqlCommand Ask(string sql, DateTimeOffset validAt, DateTimeOffset known) =>
        new(RowScope.Narrow(sql, reach), connection)
        {
            Parameters = { FactParameter.Text(tenant), FactParameter.Instant(validAt), FactParameter.Instant(known) },
        };

    private static ForecastCategory? CategoryOf(string? text) =>
        text is null ? null : EnumName<ForecastCategory>.Parse(text);

    private static Money? MoneyOf(decimal? amount, string? currency) =>
        amount is { } value && currency is not null ? new Money(value, currency) : null;
}

/// <summary>Which open deals a read is about; several values of one member mean or.</summary>
internal sealed record OpenDealFilter(
    IReadOnlyList<string>? OwnerIds = null,
    IReadOnlyList<string>? AccountIds = null,
    IReadOnlyList<string>? Stages = null,
    IReadOnlyList<string>? PipelineIds = null);

/// <summary>The vocabulary of reading columns that may be null.</summary>
internal static class FactColumns
{
    extension(NpgsqlDataReader rows)
    {
        public string? TextOf(int column) => rows.IsDBNull(column) ? null : rows.GetString(column);

        public decimal? NumberOf(int column) => rows.IsDBNull(column) ? null : rows.GetDecimal(column);

        public int? IntegerOf(int column) => rows.IsDBNull(column) ? null : rows.GetInt32(column);

        public ValueList<string> TextsOf(int column) => [.. rows.GetFieldValue<string[]>(column)];

        public DateOnly? DateOf(int column) => rows.IsDBNull(column) ? null : rows.GetFieldValue<DateOnly>(column);

        public Money? MoneyOf(int amount, int currency) =>
            rows.IsDBNull(amount) || rows.IsDBNull(currency) ? null : new Money(rows.GetDecimal(amount), rows.GetString(currency));
    }
}
