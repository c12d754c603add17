using Npgsql;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Facts;

/// <summary>
/// Pages of what there was at an instant, as known at another, in the order of ids: at most <c>limit</c> rows after an id.
/// </summary>
internal sealed class FactLists(FactReader facts)
{
    /// <summary>Deals; a closed deal's close date is the one on which it closed, an open one's the expected.</summary>
    public Task<IReadOnlyList<Listed<DealFact>>> DealsAsync(
        DateTimeOffset validAt, DealFilter filter, string? after, int limit, CancellationToken cancellation)
    {
        const string sql = """
            select deal_id, status, name, pipeline_id, stage, amount, currency, owner_id, account_id, category,
                expected_close, opened_on, closed_on, source, competitor, loss_reason
            from (
              select * from deal_facts where known_to = 'infinity' and known_from <= $3
              union all
              select * from deal_facts where known_to <> 'infinity' and known_from <= $3 and known_to > $3) known
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and deal_id > coalesce($4, '')
              and ($6::varchar[] is null or status = any($6)) and ($7::varchar[] is null or stage = any($7))
              and ($8::varchar[] is null or owner_id = any($8)) and ($9::varchar[] is null or account_id = any($9))
              and ($10::date is null or coalesce(closed_on, expected_close) >= $10)
              and ($11::date is null or coalesce(closed_on, expected_close) < $11)
            order by deal_id limit $5
            """;
        return ReadAsync(
            facts.Query(sql, validAt), after, limit,
            [
                FactParameter.Any(filter.Statuses?.Select(EnumName<DealStatus>.Of)), FactParameter.Any(filter.Stages),
                FactParameter.Any(filter.OwnerIds), FactParameter.Any(filter.AccountIds),
                FactParameter.Date(filter.CloseFrom), FactParameter.Date(filter.CloseTo),
            ],
            rows => new DealFact(
                EnumName<DealStatus>.Parse(rows.GetString(1)),
                rows.GetString(2),
                new(rows.GetString(3)),
                new(rows.GetString(4)),
                rows.MoneyOf(5, 6),
                rows.TextOf(7) is { } owner ? new RepId(owner) : null,
                rows.TextOf(8) is { } account ? new AccountId(account) : null,
                rows.TextOf(9) is { } category ? EnumName<ForecastCategory>.Parse(category) : null,
                rows.DateOf(10),
                rows.GetFieldValue<DateOnly>(11),
                rows.DateOf(12),
                rows.TextOf(13),
                rows.TextOf(14),
                rows.TextOf(15),
                []),
            cancellation);
    }

    public Task<IReadOnlyList<Listed<AccountFact>>> AccountsAsync(
        DateTimeOffset validAt, AccountFilter filter, string? after, int limit, CancellationToken cancellation)
    {
        const string sql = $"""
            select account_id, {AccountFactTable.ValueColumns} from account_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and account_id > coalesce($4, '')
              and ($6::varchar[] is null or segment = any($6)) and ($7::varchar[] is null or industry = any($7))
              and ($8::varchar[] is null or country = any($8)) and ($9::varchar[] is null or region = any($9))
              and ($10::varchar[] is null or parent_id = any($10))
            order by account_id limit $5
            """;
        return ReadAsync(
            facts.Query(sql, validAt), after, limit,
            [
                FactParameter.Any(filter.Segments), FactParameter.Any(filter.Industries), FactParameter.Any(filter.Countries),
                FactParameter.Any(filter.Regions), FactParameter.Any(filter.ParentIds),
            ],
            rows => AccountFactTable.Read(rows, 1),
            cancellation);
    }

    public Task<IReadOnlyList<Listed<RepFact>>> RepsAsync(
        DateTimeOffset validAt, RepFilter filter, string? after, int limit, CancellationToken cancellation)
    {
        const string sql = $"""
            select rep_id, {RepFactTable.ValueColumns} from rep_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and rep_id > coalesce($4, '')
              and ($6::varchar[] is null or manager_id = any($6)) and ($7::varchar[] is null or team = any($7))
              and ($8::varchar[] is null or office = any($8)) and ($9::varchar[] is null or roles && $9)
              and ($10::varchar[] is null or presence = any($10))
            order by rep_id limit $5
            """;
        return ReadAsync(
            facts.Query(sql, validAt), after, limit,
            [
                FactParameter.Any(filter.ManagerIds), FactParameter.Any(filter.Teams), FactParameter.Any(filter.Offices),
                FactParameter.Any(filter.Roles), FactParameter.Any(filter.Presences?.Select(EnumName<RepPresence>.Of)),
            ],
            rows => RepFactTable.Read(rows, 1),
            cancellation);
    }

    public Task<IReadOnlyList<Listed<ProductFact>>> ProductsAsync(
        DateTimeOffset validAt, string? after, int limit, CancellationToken cancellation)
    {
        const string sql = """
            select product_id, name, series, list_price, currency from product_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and product_id > coalesce($4, '')
            order by product_id limit $5
            """;
        return ReadAsync(
            facts.Query(sql, validAt), after, limit, [],
            rows => new ProductFact(rows.GetString(1), rows.TextOf(2), rows.MoneyOf(3, 4)),
            cancellation);
    }

    /// <summary>A page of a slice's own query, whose first column is the id: $4 is the id it comes after, $5 its limit.</summary>
    public static async Task<IReadOnlyList<Listed<TFact>>> ReadAsync<TFact>(
        NpgsqlCommand query, string? after, int limit, IEnumerable<NpgsqlParameter> more,
        Func<NpgsqlDataReader, TFact> read, CancellationToken cancellation)
    {
        await using var command = query;
        command.Parameters.Add(FactParameter.Text(after));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        foreach (var parameter in more)
        {
            command.Parameters.Add(parameter);
        }

        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var items = new List<Listed<TFact>>();
        while (await rows.ReadAsync(cancellation))
        {
            items.Add(new(rows.GetString(0), read(rows)));
        }

        return items;
    }
}

/// <summary>What is known of a thing, with its id.</summary>
internal sealed record Listed<TFact>(string Id, TFact Fact);

/// <summary>Which deals a list is of; several values of one member mean or, the dates are half-open.</summary>
internal sealed record DealFilter(
    IReadOnlyList<DealStatus>? Statuses,
    IReadOnlyList<string>? Stages,
    IReadOnlyList<string>? OwnerIds,
    IReadOnlyList<string>? AccountIds,
    DateOnly? CloseFrom,
    DateOnly? CloseTo);

/// <summary>Which accounts a list is of; several values of one member mean or.</summary>
internal sealed record AccountFilter(
    IReadOnlyList<string>? Segments,
    IReadOnlyList<string>? Industries,
    IReadOnlyList<string>? Countries,
    IReadOnlyList<string>? Regions,
    IReadOnlyList<string>? ParentIds);

/// <summary>Which reps a list is of; several values of one member mean or.</summary>
/// <param name="Roles">A rep has one of them at least.</param>
internal sealed record RepFilter(
    IReadOnlyList<string>? ManagerIds,
    IReadOnlyList<string>? Teams,
    IReadOnlyList<string>? Offices,
    IReadOnlyList<string>? Roles,
    IReadOnlyList<RepPresence>? Presences);
