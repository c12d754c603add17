using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/ledger/contract-costs</c></summary>
internal sealed class ContractCostsEndpoint : IEndpoint
{
    private const int YearMonths = 12;

    private static readonly CsvColumn<Item>[] Columns =
    [
        CsvColumn<Item>.Text("key", item => item.Key),
        CsvColumn<Item>.Text("label", item => item.Label),
        CsvColumn<Item>.Text("currency", item => item.Currency),
        CsvColumn<Item>.Amount("opening", item => item.Opening),
        CsvColumn<Item>.Amount("additions", item => item.Additions),
        CsvColumn<Item>.Amount("amortisation", item => item.Amortisation),
        CsvColumn<Item>.Amount("impairment", item => item.Impairment),
        CsvColumn<Item>.Amount("disposals", item => item.Disposals),
        CsvColumn<Item>.Amount("closing", item => item.Closing),
        CsvColumn<Item>.Amount("current", item => item.Current),
        CsvColumn<Item>.Amount("nonCurrent", item => item.NonCurrent),
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/ledger/contract-costs", HandleAsync)
        .WithName("GetContractCosts").WithTags("Ledger")
        .WithSummary("The roll-forward of capitalised contract costs over dates in the books, as known at a time.")
        .RequireAuthorization(Policies.ReadLedger)
        .WithMetadata(RouteConventions.TimeoutAfter(TimeSpan.FromMinutes(2)))
        .AlsoAs(AnswerFormat.Csv)
        .Produces<Response>()
        .Problems(422);

    private static Task<IResult> HandleAsync(
        string? period, DateRange dates, Choice<LedgerGrouping>? groupBy, CommaList? repId, ReadAt at, Caller caller,
        ChosenFormat format, Paging paging, LedgerProgress reads, CostReader costs, CancellationToken cancellation)
    {
        if (period is not null && Period.Find(period) is null)
        {
            return Task.FromResult<IResult>(LedgerPeriods.Unknown("period"));
        }

        var today = caller.Calendar.DateOf(at.ValidAt);
        var named = period is null ? null : Period.Find(period);
        var to = Earlier(dates.To ?? named?.To ?? DateOnly.MaxValue, today.AddDays(1));
        var days = new Period(dates.From ?? named?.From ?? new DateOnly(to.AddDays(-1).Year, 1, 1), to);
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var grouping = groupBy?.Value;
            var later = await LaterAsync(facts, asOf);
            var items = await ItemsAsync(
                facts, grouping, later, paging.After, format.Value == AnswerFormat.Csv ? null : paging.Limit + 1);
            if (format.Value == AnswerFormat.Csv)
            {
                return new Csv<Item>(Columns, items.ToAsyncEnumerable());
            }

            var totals = await ItemsAsync(facts, grouping: null, later, after: null, limit: null);
            var (page, next) = paging.Page(items, item => [item.Key ?? string.Empty, item.Currency]);
            return TypedResults.Ok(new Response(asOf, days.From, days.To, page, totals, next));
        }

        // What is amortised more than a year after the end, by the schedules as they were planned then.
        async Task<IReadOnlyList<(RepCost Cost, decimal Amount)>> LaterAsync(FactReader facts, AsOfView asOf)
        {
            var reps = await CostReader.RepsAsync(facts, repId?.Values, from: null, days.To, cancellation);
            var later = new List<(RepCost, decimal)>();
            await foreach (var cost in costs.CostsAsync(
                caller.Tenant, reps, asOf.Position, days.To.AddDays(-1), cancellation))
            {
                later.Add((cost, cost.Cost.CarryingAt(days.To.AddMonths(YearMonths), days.To)));
            }

            return later;
        }

        async Task<IReadOnlyList<Item>> ItemsAsync(
            FactReader facts, LedgerGrouping? grouping, IReadOnlyList<(RepCost Cost, decimal Amount)> later,
            IReadOnlyList<string>? after, int? limit)
        {
            const string sql = $"""
                select * from (
                  select {LedgerGroups.KeySql} key, currency,
                    coalesce(sum(amount) filter (where posted_on < $5), 0),
                    coalesce(sum(amount) filter (where posted_on >= $5 and kind = 'earnedCapitalised'), 0),
                    coalesce(-sum(amount) filter (where posted_on >= $5 and kind = 'amortised'), 0),
                    coalesce(-sum(amount) filter (where posted_on >= $5 and kind = 'impaired'), 0),
                    coalesce(-sum(amount) filter (
                      where posted_on >= $5 and kind not in ('earnedCapitalised', 'amortised', 'impaired')), 0),
                    sum(amount)
                  from ledger_entries e
                  where tenant_id = $1 and recorded_at <= $3 and account = 'contractCostAsset' and posted_on < $6
                    and ($7::varchar[] is null or rep_id = any($7))
                  group by 1, 2) costs
                where $8::varchar is null or (coalesce(key, ''), currency) > ($8, $9)
                order by coalesce(key, ''), currency limit $10
                """;
            await using var query = facts.Query(sql, at.ValidAt);
            query.Parameters.Add(FactParameter.Text(grouping is { } by ? EnumName<LedgerGrouping>.Of(by) : null));
            query.Parameters.Add(FactParameter.Date(days.From));
            query.Parameters.Add(FactParameter.Date(days.To));
            query.Parameters.Add(FactParameter.Any(repId?.Values));
            query.Parameters.Add(FactParameter.Text(after?[0]));
            query.Parameters.Add(FactParameter.Text(after?[1]));
            query.Parameters.Add(new() { Value = limit is { } most ? most : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
            var items = new List<Item>();
            var nonCurrent = later
                .GroupBy(cost => (Key: KeyOf(cost.Cost, grouping), cost.Cost.Cost.First.Amount.Currency))
                .ToDictionary(same => same.Key, same => same.Sum(cost => cost.Amount));
            await using (var rows = await query.ExecuteReaderAsync(cancellation))
            {
                while (await rows.ReadAsync(cancellation))
                {
                    items.Add(ItemOf(rows, nonCurrent.GetValueOrDefault((rows.TextOf(0), rows.GetString(1)))));
                }
            }

            var names = await facts.NamesAsync(grouping, items.Select(item => item.Key), at.ValidAt, cancellation);
            return [.. items.Select(item => item with { Label = item.Key is { } key ? names.GetValueOrDefault(key) : null })];
        }
    }

    private static string? KeyOf(RepCost cost, LedgerGrouping? grouping) => grouping switch
    {
        LedgerGrouping.Rep => cost.RepId.Value,
        LedgerGrouping.Deal => cost.Cost.First.DealId?.Value,
        LedgerGrouping.Plan => LedgerEntry.PlanOf(cost.Cost.First),
        LedgerGrouping.OriginPeriod => Period.MonthOf(cost.Cost.First.On).MonthKey,
        _ => "all",
    };

    private static Item ItemOf(NpgsqlDataReader rows, decimal nonCurrent)
    {
        var currency = rows.GetString(1);
        return new(
            rows.TextOf(0), null, currency, Money(rows.GetDecimal(2)), Money(rows.GetDecimal(3)), Money(rows.GetDecimal(4)),
            Money(rows.GetDecimal(5)), Money(rows.GetDecimal(6)), Money(rows.GetDecimal(7)),
            Money(rows.GetDecimal(7) - nonCurrent), Money(nonCurrent));

        Money Money(decimal amount) => new(amount, currency);
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    /// <param name="To">The day after the last; never after the date asked for.</param>
    /// <param name="Totals">Over everything, by currency.</param>
    internal sealed record Response(
        AsOfView AsOf, DateOnly From, DateOnly To, IReadOnlyList<Item> Items, IReadOnlyList<Item> Totals, string? NextCursor);

    /// <summary>Opening + additions − amortisation − impairment − disposals = closing.</summary>
    /// <param name="Key">Absent for what belongs to no deal.</param>
    /// <param name="Disposals">Clawed back, cancelled and written off.</param>
    /// <param name="Current">What of the closing is amortised within a year.</param>
    internal sealed record Item(
        string? Key, string? Label, string Currency, Money Opening, Money Additions, Money Amortisation, Money Impairment,
        Money Disposals, Money Closing, Money Current, Money NonCurrent);
}
