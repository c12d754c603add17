using Npgsql;
using NpgsqlTypes;
using SalesOps.Api.Facts;
using SalesOps.Api.Territories;
using SalesOps.Domain;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Pipelines;

namespace SalesOps.Api.Pipelines;

/// <summary>
/// Reads what became of deals between two instants. The database only brings deals together that are alike in what the
/// rule asks; the rule is <see cref="WaterfallChange"/>.
/// </summary>
internal static class WaterfallReads
{
    // What came and went is looked for only where something is left out, and not for what closed in it: that passed anyway.
    // A deal is looked for where it is open at an instant, or closed between them and still so; what was closed before
    // and stays so is in no waterfall. The scope is that of the owner at the instant, of a closed deal when it closed.
    private static readonly string Sql = $"""
        with {OpenDealRows.Classes},
        instant (side, at) as (values (0, $2::timestamptz), (1, $4::timestamptz)),
        scope (owner, since, until, first_date, end_date) as (
          select * from unnest($9::varchar[], $10::timestamptz[], $11::timestamptz[], $12::date[], $13::date[])),
        found as (
          {OpenDealRows.Sql("""
            deal_id, 'open' status, null::date closed_on, expected_close closes, valid_from, owner_id, account_id, pipeline_id,
            stage, category, amount, currency
            """, "at", "$3", "$5", "instant")}
          union all
          select 1, $4, deal_id, status, closed_on, closed_on, valid_from, owner_id, account_id, pipeline_id,
            stage, category, amount, currency
          from deal_facts
          where tenant_id = $1 and status <> 'open' and valid_from > $2 and valid_from <= $4 and valid_to > $4
            and known_from <= $3 and known_to > $3
          union all
          select 0, $2, deal_id, status, closed_on, closed_on, valid_from, owner_id, account_id, pipeline_id,
            stage, category, amount, currency
          from deal_facts
          where tenant_id = $1 and status <> 'open' and valid_to <> 'infinity' and valid_to > $2 and valid_to <= $4
            and valid_from <= $2 and known_from <= $3 and known_to > $3),
        judged as (
          select side, deal_id, status, closed_on, valid_from, currency,
            case when $8::varchar is null or currency = $8 then coalesce(amount, 0) else 0 end amount,
            case when $6::date is null and $7::date is null then 0 when closes is null then 1
              when closes < $6 then -1 when closes >= $7 then 1 else 0 end place,
            ($9 is null or scope.owner is not null)
              and ($14::varchar[] is null or account_id = any(case when side = 0 then $14 else $15 end)) is true
              and ($16::varchar[] is null or account_id = any($16)) is true
              and ($17::varchar[] is null or pipeline_id = any($17)) in_scope,
            ($8 is null or currency is null or currency = $8)
              and ($18::varchar[] is null or case when category is not null then category = any($18)
                else pipeline_id || '/' || stage = any(case when side = 0 then $19::varchar[] else $20 end) end) in_category
          from found left join scope on owner = owner_id and case
            when status = 'open' then since <= at and until > at
            else first_date <= closed_on and end_date > closed_on end),
        deal as (
          select deal_id, b.status status_before, b.place place_before, b.in_scope scope_before, b.in_category category_before,
            a.status status_after, a.place place_after, a.in_scope scope_after, a.in_category category_after,
            (b.status, b.closed_on) is distinct from (a.status, a.closed_on) closed_anew,
            coalesce(b.amount, 0) amount_before, coalesce(a.amount, 0) amount_after,
            b.currency currency_before, a.currency currency_after, a.valid_from,
            coalesce(b.status = 'open' and b.place = 0 and b.in_scope and b.in_category, false) was_in,
            coalesce(a.status = 'open' and a.place = 0 and a.in_scope and a.in_category, false) is_in
          from (select * from judged where side = 0) b full join (select * from judged where side = 1) a using (deal_id)),
        between_them as (
          select distinct deal_id
          from ({OpenDealRows.SqlWithin("""
            deal_id, owner_id, account_id, pipeline_id, stage, category, currency, expected_close, valid_from
            """, "$2", "$4", "$3", "$5")}) open
            left join scope on owner = owner_id and since <= valid_from and until > valid_from
          where $21
            and ($6 is null or expected_close >= $6) and ($7 is null or expected_close < $7)
            and ($9 is null or scope.owner is not null)
            and ($14 is null or account_id = any($15)) and ($16 is null or account_id = any($16))
            and ($17 is null or pipeline_id = any($17)) and ($8 is null or currency is null or currency = $8)
            and ($18 is null or case when category is not null then category = any($18)
              else pipeline_id || '/' || stage = any($20) end)),
        whole as (
          select deal.*, $21 and not was_in and not is_in and valid_from > $2
            and not (closed_anew and status_after <> 'open' and place_after = 0 and scope_after and category_after)
            and deal_id in (select deal_id from between_them) passed
          from deal)
        """;

    private const string Columns = """
        status_before, place_before, scope_before, category_before, status_after, place_after, scope_after, category_after,
        closed_anew, passed, currency_before, currency_after, sign(amount_after - amount_before)
        """;

    private static readonly string Alike = $"""
        {Sql}
        select {Columns}, count(*), sum(amount_before), sum(amount_after), null from whole
        group by {Columns}
        """;

    private static readonly string EachDeal = $"""
        {Sql}
        select {Columns}, 1::bigint, amount_before, amount_after, deal_id from whole
        order by deal_id collate "C"
        """;

    /// <summary>The changes of the deals that a waterfall may be of.</summary>
    /// <param name="eachDeal">Whether deals that are alike stay apart, each with its id.</param>
    public static async Task<IReadOnlyList<DealsChanged>> ChangesAsync(
        this FactReader facts, WaterfallQuery query, BusinessCalendar calendar, bool eachDeal, CancellationToken cancellation)
    {
        await using var command = facts.Query(eachDeal ? EachDeal : Alike, query.From);
        command.Parameters.Add(FactParameter.Instant(query.To));
        command.Parameters.Add(FactParameter.Instant(facts.KnownOnceAt));
        command.Parameters.Add(FactParameter.Date(query.Window.From));
        command.Parameters.Add(FactParameter.Date(query.Window.To));
        command.Parameters.Add(FactParameter.Text(query.Currency));
        foreach (var owners in await OwnersAsync(facts, query, calendar, cancellation))
        {
            command.Parameters.Add(owners);
        }

        foreach (var at in (DateTimeOffset[])[query.From, query.To])
        {
            command.Parameters.Add(FactParameter.Any(await AccountsOfAsync(facts, query.Territories, at, cancellation)));
        }

        command.Parameters.Add(FactParameter.Any(query.AccountIds));
        command.Parameters.Add(FactParameter.Any(query.PipelineIds));
        command.Parameters.Add(FactParameter.Any(query.Categories));
        foreach (var at in (DateTimeOffset[])[query.From, query.To])
        {
            command.Parameters.Add(FactParameter.Any(await StagesOfAsync(facts, query.Categories, at, cancellation)));
        }

        // Where nothing is left out, no deal is in the pipeline between unless it closed in it.
        command.Parameters.Add(new NpgsqlParameter<bool>
        {
            TypedValue = query.Window.IsLimited || query.AsksForOwners || (query.Territories ?? query.Categories) is not null,
        });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var changes = new List<DealsChanged>();
        while (await rows.ReadAsync(cancellation))
        {
            changes.Add(new(
                rows.TextOf(16) is { } deal ? new DealId(deal) : null,
                new(
                    StateOf(rows, 0), StateOf(rows, 4), rows.GetBoolean(8), rows.GetBoolean(9), rows.GetInt64(13),
                    rows.GetDecimal(14), rows.GetDecimal(15)),
                rows.TextOf(10),
                rows.TextOf(11)));
        }

        return changes;
    }

    private static WaterfallState StateOf(NpgsqlDataReader rows, int first) => rows.TextOf(first) is { } status
        ? new(
            EnumName<DealStatus>.Parse(status),
            rows.GetInt32(first + 1) switch { < 0 => WindowPlace.Before, 0 => WindowPlace.Inside, _ => WindowPlace.After },
            rows.GetBoolean(first + 2),
            rows.GetBoolean(first + 3))
        : default;

    /// <summary>Who is asked for, from when to when, by instants and by the dates at whose end it is so.</summary>
    private static async Task<IReadOnlyList<NpgsqlParameter>> OwnersAsync(
        FactReader facts, WaterfallQuery query, BusinessCalendar calendar, CancellationToken cancellation)
    {
        List<(RepId RepId, DateTimeOffset From, DateTimeOffset To)>? owners = null;
        if (query.AsksForUnits)
        {
            var organisation = await facts.OrganisationAsync(cancellation);
            owners = [.. organisation.When(query.Admits)
                .Where(rep => query.OwnerIds?.Contains(rep.RepId.Value, StringComparer.Ordinal) != false)];
        }
        else if (query.OwnerIds is { } ids)
        {
            owners = [.. ids.Distinct().Select(id => (new RepId(id), DateTimeOffset.MinValue, DateTimeOffset.MaxValue))];
        }

        return
        [
            FactParameter.Any(owners?.Select(owner => owner.RepId.Value)),
            Instants(owner => owner.From), Instants(owner => owner.To), Dates(owner => owner.From), Dates(owner => owner.To),
        ];

        NpgsqlParameter Instants(Func<(RepId RepId, DateTimeOffset From, DateTimeOffset To), DateTimeOffset> of) => new()
        {
            Value = owners is null ? DBNull.Value : owners.Select(of).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        };

        NpgsqlParameter Dates(Func<(RepId RepId, DateTimeOffset From, DateTimeOffset To), DateTimeOffset> of) => new()
        {
            Value = owners is null ? DBNull.Value : owners.Select(owner => DateOf(of(owner))).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date,
        };

        DateOnly DateOf(DateTimeOffset at) => at == DateTimeOffset.MinValue ? DateOnly.MinValue
            : at == DateTimeOffset.MaxValue ? DateOnly.MaxValue
            : calendar.DateOf(at);
    }

    /// <summary>The accounts that belong to territories, or to a part of one, at an instant; null where none is asked for.</summary>
    private static async Task<IReadOnlyList<string>?> AccountsOfAsync(
        FactReader facts, IReadOnlyList<string>? territories, DateTimeOffset at, CancellationToken cancellation)
    {
        if (territories is null)
        {
            return null;
        }

        var map = await facts.TerritoryMapAsync(at, cancellation);
        var accounts = new List<string>();
        await foreach (var (traits, _) in facts.AccountTraitsAsync(at, ids: null, cancellation))
        {
            if (map.Place(traits).Territory is { } leaf
                && map.PathOf(leaf).Any(part => territories.Contains(part.Id.Value, StringComparer.Ordinal)))
            {
                accounts.Add(traits.Id.Value);
            }
        }

        return accounts;
    }

    /// <summary>The stages that give deals one of the categories at an instant, each after its pipeline; null for any.</summary>
    private static async Task<IReadOnlyList<string>?> StagesOfAsync(
        FactReader facts, IReadOnlyList<string>? categories, DateTimeOffset at, CancellationToken cancellation) =>
        categories is null
            ? null
            :
            [
                .. from pipeline in await facts.PipelinesAsync(at, cancellation)
                   from stage in pipeline.Value.Stages
                   where stage.Category is { } category
                       && categories.Contains(EnumName<ForecastCategory>.Of(category), StringComparer.Ordinal)
                   select $"{pipeline.Key}/{stage.Key}",
            ];
}

/// <summary>What became of a deal, or of several that are alike.</summary>
/// <param name="DealId">Absent for several.</param>
/// <param name="CurrencyBefore">Absent without an amount.</param>
internal sealed record DealsChanged(DealId? DealId, WaterfallChange Change, string? CurrencyBefore, string? CurrencyAfter);
