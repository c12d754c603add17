using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Forecasts;

/// <summary>Reads what forecasts are made of.</summary>
internal static class ForecastFactReads
{
    private static readonly string OpenSql = $"""
        with {OpenDealRows.Classes}
        select owner_id, pipeline_id, stage, category, currency, sum(amount)
        from ({OpenDealRows.Sql("owner_id, pipeline_id, stage, category, currency, amount, expected_close", "$2", "$3", "$3")}) deals
        where expected_close >= $4 and expected_close < $5 and currency is not null
        group by owner_id, pipeline_id, stage, category, currency
        """;

    /// <summary>The roll-up of a period at an instant.</summary>
    /// <param name="top">Whose view it is; absent for everybody's.</param>
    public static async Task<IReadOnlyList<ForecastNode>> RollUpAsync(
        this FactReader facts, string period, DateTimeOffset validAt, RepId? top, CancellationToken cancellation)
    {
        var organisation = (await facts.OrganisationAsync(cancellation)).At(validAt);
        var forecasts = await facts.ForecastsAsync([(period, validAt)], knownThen: false, cancellation);
        return ForecastRollUp.Of(
            organisation, [.. forecasts.Select(forecast => forecast.Said)],
            await facts.DealFiguresAsync(Period.Find(period)!.Value, validAt, cancellation), top);
    }

    /// <summary>What was said of periods, each as it stood at an instant of its own.</summary>
    /// <param name="knownThen">Whether only what was recorded by that instant counts.</param>
    public static async Task<IReadOnlyList<(string Period, RepForecast Said)>> ForecastsAsync(
        this FactReader facts, IReadOnlyList<(string Period, DateTimeOffset ValidAt)> periods, bool knownThen,
        CancellationToken cancellation)
    {
        const string sql = """
            select f.period, owner_id, side, category, amount, currency, said_at, note, author, manager_id, measure, base,
              base_position
            from unnest($4::varchar[], $5::timestamptz[]) asked (period, valid_at)
            join forecast_facts f on f.period = asked.period and valid_from <= valid_at and valid_to > valid_at
            where tenant_id = $1 and known_from <= least($3, case when $6 then valid_at end)
              and known_to > least($3, case when $6 then valid_at end)
            order by f.period, owner_id
            """;
        await using var query = facts.Query(sql, DateTimeOffset.MaxValue);
        query.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. periods.Select(asked => asked.Period)] });
        query.Parameters.Add(FactParameter.Instants(periods.Select(asked => asked.ValidAt)));
        query.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = knownThen });
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var forecasts = new Dictionary<(string Period, RepId OwnerId), (List<Submission> Said, List<Adjustment> Made)>();
        while (await rows.ReadAsync(cancellation))
        {
            var key = (rows.GetString(0), new RepId(rows.GetString(1)));
            if (!forecasts.TryGetValue(key, out var forecast))
            {
                forecasts[key] = forecast = ([], []);
            }

            var category = EnumName<ForecastCategory>.Parse(rows.GetString(3));
            var amount = rows.MoneyOf(4, 5)!.Value;
            var at = rows.GetFieldValue<DateTimeOffset>(6);
            if (rows.TextOf(2) is { } side)
            {
                forecast.Made.Add(new(
                    new(
                        EnumName<AdjustmentSide>.Parse(side), rows.GetString(8), category,
                        EnumName<Measure>.Parse(rows.GetString(10)), amount, new(rows.GetDecimal(11), amount.Currency),
                        rows.GetInt64(12), rows.GetString(7), rows.TextOf(9) is { } manager ? new RepId(manager) : null),
                    at));
            }
            else
            {
                forecast.Said.Add(new(new(category, amount, rows.TextOf(7)), at));
            }
        }

        return
        [
            .. forecasts.Select(entry => (
                entry.Key.Period, new RepForecast(entry.Key.OwnerId, new([.. entry.Value.Said], [.. entry.Value.Made])))),
        ];
    }

    /// <summary>What was won in a range of dates, by owner and month.</summary>
    public static async Task<Bookings> BookingsAsync(
        this FactReader facts, DateOnly from, DateOnly to, DateTimeOffset validAt, CancellationToken cancellation)
    {
        // Month by month: each is a short range of the index, and nothing is computed of a row to tell its month.
        const string sql = """
            select owner, month, currency, sum
            from generate_series(date_trunc('month', $4::timestamp), $5::timestamp - interval '1 day', interval '1 month') month
            cross join lateral (
              select owner_id collate "C" as owner, currency, sum(amount) from deal_facts
              where tenant_id = $1 and status <> 'open' and status = 'won' and currency is not null
                and closed_on >= greatest(month::date, $4) and closed_on < least((month + interval '1 month')::date, $5)
                and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              group by owner_id collate "C", currency
              offset 0) won
            """;
        await using var query = facts.Query(sql, validAt);
        query.Parameters.Add(FactParameter.Date(from));
        query.Parameters.Add(FactParameter.Date(to));
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var months = new List<OwnerMonth>();
        while (await rows.ReadAsync(cancellation))
        {
            months.Add(new(
                OwnerOf(rows, 0), DateOnly.FromDateTime(rows.GetDateTime(1)), new(rows.GetDecimal(3), rows.GetString(2))));
        }

        return new(months);
    }

    /// <summary>
    /// What the deals of each owner come to by category: open ones that are expected to close in the period, and what was
    /// won in it.
    /// </summary>
    private static async Task<IReadOnlyList<DealFigure>> DealFiguresAsync(
        this FactReader facts, Period period, DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string won = """
            select owner_id, currency, sum(amount) from deal_facts
            where tenant_id = $1 and status <> 'open' and status = 'won' and closed_on >= $4 and closed_on < $5 and currency is not null
              and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
            group by owner_id, currency
            """;
        var figures = new List<DealFigure>();
        await using (var query = facts.Query(won, validAt))
        {
            query.Parameters.Add(FactParameter.Date(period.From));
            query.Parameters.Add(FactParameter.Date(period.To));
            await using var rows = await query.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                figures.Add(new(OwnerOf(rows, 0), ForecastCategory.Closed, new(rows.GetDecimal(2), rows.GetString(1))));
            }
        }

        var pipelines = await facts.PipelinesAsync(validAt, cancellation);
        await using (var query = facts.QueryOnce(OpenSql, validAt))
        {
            query.Parameters.Add(FactParameter.Date(period.From));
            query.Parameters.Add(FactParameter.Date(period.To));
            await using var rows = await query.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                var stages = pipelines.GetValueOrDefault(new(rows.GetString(1)))?.Stages ?? [];
                var category = rows.TextOf(3) is { } own
                    ? EnumName<ForecastCategory>.Parse(own)
                    : stages.FirstOrDefault(stage => stage.Key.Value == rows.GetString(2))?.Category;
                if (category is not (null or ForecastCategory.Omitted))
                {
                    figures.Add(new(OwnerOf(rows, 0), category.Value, new(rows.GetDecimal(5), rows.GetString(4))));
                }
            }
        }

        return figures;
    }

    private static RepId? OwnerOf(NpgsqlDataReader rows, int column) => rows.TextOf(column) is { } owner ? new RepId(owner) : null;
}
