using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;
using SalesOps.Store;

namespace SalesOps.Api.Ledger;

/// <summary>Which lines of the ledger are read; several values of one member mean or.</summary>
/// <param name="Posted">The dates in the books, half-open.</param>
/// <param name="Until">Only what is dated until then.</param>
internal sealed record LedgerFilter(
    IReadOnlyList<string>? RepIds = null,
    IReadOnlyList<LedgerAccount>? Accounts = null,
    Period? Posted = null,
    DateOnly? From = null,
    DateOnly? To = null,
    DateOnly? Until = null);

/// <summary>Where a page of lines goes on: after a line of a journal.</summary>
internal sealed record LineCursor(long Position, int Line);

/// <summary>
/// Reads the postings of a tenant as they were known at a position of the log. Rows are only ever added, so any number
/// of reads by one position see the same.
/// </summary>
internal sealed class LedgerQuery(DatabasePools pools)
{
    private const int PageLines = 2_000;

    private const string LinesSql = """
        select position, line, event_id, rep_id, source, kind, posted_on, effective_on, origin, line_amount, currency, rule,
          deal_id, credit_id, component, part, plan_id, plan_version, cause_event_id, engine,
          array_agg(account order by posting), array_agg(amount order by posting)
        from ledger_entries e
        where tenant_id = $1 and position <= $2 and recorded_at <= $3
          and ($4::varchar[] is null or rep_id = any($4))
          and ($5::varchar[] is null or exists (
            select from ledger_entries o
            where o.tenant_id = e.tenant_id and o.position = e.position and o.line = e.line and o.account = any($5)))
          and posted_on >= coalesce($6::date, '-infinity') and posted_on < coalesce($7::date, 'infinity')
          and ($8::bigint is null or (position, line) > ($8, $9))
        group by position, line, event_id, rep_id, source, kind, posted_on, effective_on, origin, line_amount, currency, rule,
          deal_id, credit_id, component, part, plan_id, plan_version, cause_event_id, engine
        order by position, line limit $10
        """;

    /// <summary>Lines in the order of the log, each whole with its postings.</summary>
    /// <param name="limit">How many at most.</param>
    public static async Task<IReadOnlyList<(LineCursor Cursor, PostedLine Line)>> LinesAsync(
        NpgsqlConnection connection, string tenant, LedgerReach reach, LedgerFilter filter, LineCursor? after, int limit,
        CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(LinesSql, connection);
        AddReach(command, tenant, reach);
        command.Parameters.Add(FactParameter.Any(filter.RepIds));
        command.Parameters.Add(FactParameter.Any(filter.Accounts?.Select(EnumName<LedgerAccount>.Of)));
        AddDates(command, filter);
        command.Parameters.Add(new() { Value = after is null ? DBNull.Value : after.Position, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = after is null ? DBNull.Value : after.Line, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var lines = new List<(LineCursor, PostedLine)>();
        while (await rows.ReadAsync(cancellation))
        {
            lines.Add((new(rows.GetInt64(0), rows.GetInt32(1)), Read(rows)));
        }

        return lines;
    }

    /// <summary>All lines, page by page: flat memory however many there are.</summary>
    public async IAsyncEnumerable<PostedLine> AllLinesAsync(
        string tenant, LedgerReach reach, LedgerFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        LineCursor? after = null;
        while (true)
        {
            await using var connection = await pools.Web.OpenConnectionAsync(cancellation);
            var page = await LinesAsync(connection, tenant, reach, filter, after, PageLines, cancellation);
            foreach (var (_, line) in page)
            {
                yield return line;
            }

            if (page.Count < PageLines)
            {
                yield break;
            }

            after = page[^1].Cursor;
        }
    }

    /// <summary>The sums of accounts and currencies over whatever is dated in the filter, in the order of the chart.</summary>
    public static async Task<IReadOnlyList<AccountTotal>> TotalsAsync(
        NpgsqlConnection connection, string tenant, LedgerReach reach, LedgerFilter filter, CancellationToken cancellation)
    {
        const string sql = """
            select account, currency, coalesce(sum(amount) filter (where amount > 0), 0),
              -coalesce(sum(amount) filter (where amount < 0), 0)
            from ledger_entries
            where tenant_id = $1 and position <= $2 and recorded_at <= $3
              and ($4::varchar[] is null or rep_id = any($4))
              and posted_on >= coalesce($5::date, '-infinity') and posted_on < coalesce($6::date, 'infinity')
            group by account, currency
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        AddReach(command, tenant, reach);
        command.Parameters.Add(FactParameter.Any(filter.RepIds));
        AddDates(command, filter);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var totals = new List<AccountTotal>();
        while (await rows.ReadAsync(cancellation))
        {
            var currency = rows.GetString(1);
            totals.Add(new(
                EnumName<LedgerAccount>.Parse(rows.GetString(0)),
                new(rows.GetDecimal(2), currency), new(rows.GetDecimal(3), currency)));
        }

        return [.. totals.OrderBy(total => total.Debit.Currency, StringComparer.Ordinal).ThenBy(total => total.Account)];
    }

    /// <summary>The first month that anything was posted in.</summary>
    public static async Task<DateOnly?> EarliestAsync(NpgsqlConnection connection, string tenant, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select min(posted_on) from ledger_entries where tenant_id = $1", connection);
        command.Parameters.Add(FactParameter.Text(tenant));
        return await command.ExecuteScalarAsync(cancellation) is DateOnly date ? Period.MonthOf(date).From : null;
    }

    /// <summary>The months that a rep has ledgers of, in order.</summary>
    public static async Task<IReadOnlyList<string>> OriginsAsync(
        NpgsqlConnection connection, string tenant, LedgerReach reach, string repId, int limit, CancellationToken cancellation)
    {
        const string sql = """
            select distinct origin from ledger_entries
            where tenant_id = $1 and position <= $2 and recorded_at <= $3 and rep_id = $4 order by origin limit $5
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        AddReach(command, tenant, reach);
        command.Parameters.Add(FactParameter.Text(repId));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var months = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            months.Add(Period.MonthOf(rows.GetFieldValue<DateOnly>(0)).MonthKey);
        }

        return months;
    }

    /// <summary>The pay of the lines of a rep's open disputes, each credit's once, by currency; only those lines are frozen.</summary>
    public static async Task<IReadOnlyDictionary<string, decimal>> FrozenAsync(
        FactReader facts, string tenant, LedgerReach reach, string repId, CancellationToken cancellation)
    {
        const string sql = """
            select currency, sum(greatest(due, earned, 0)) from (
              select e.currency, coalesce(e.credit_id, e.event_id || '.' || e.line) credit,
                sum(case when e.account = 'payableDue' then -e.amount else 0 end) due,
                sum(case when e.account = 'payableUnreleased' and e.amount < 0 then -e.amount else 0 end) earned
              from ledger_entries e
              where e.tenant_id = $1 and e.position <= $2 and e.recorded_at <= $3 and e.rep_id = $4
                and (e.event_id || '.' || e.line) = any($5)
              group by e.currency, credit) disputed
            group by currency
            """;
        var open = await facts.ApprovalsAsync(
            ApprovalKind.Dispute, new([repId], [ApprovalStatus.Open]), after: null, limit: 1_000, cancellation);
        string[] lines = [.. open.SelectMany(dispute => dispute.EntryIds).Select(LineIdOf).OfType<string>().Distinct()];
        await using var command = new NpgsqlCommand(sql, facts.Connection);
        AddReach(command, tenant, reach);
        command.Parameters.Add(FactParameter.Text(repId));
        command.Parameters.Add(FactParameter.Any(lines));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var frozen = new Dictionary<string, decimal>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation))
        {
            frozen[rows.GetString(0)] = rows.GetDecimal(1);
        }

        return frozen;
    }

    /// <summary>The lines of an entry's or a line's id; null for a text that is neither.</summary>
    public static string? LineIdOf(string id) =>
        id.Split('.') is [var @event, var line, ..] && Guid.TryParse(@event, out var guid)
        && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? PostedLine.IdOf(guid, index)
            : null;

    /// <summary>The line of an entry's or a line's id, if it is known.</summary>
    public static async Task<(string Stream, PostedLine Line)?> FindAsync(
        NpgsqlConnection connection, string tenant, LedgerReach reach, string id, CancellationToken cancellation)
    {
        const string sql = """
            select position, line, rep_id, origin from ledger_entries
            where tenant_id = $1 and position <= $2 and recorded_at <= $3 and event_id = $4 and line = $5 limit 1
            """;
        if (LineIdOf(id) is not { } lineId)
        {
            return null;
        }

        var parts = lineId.Split('.');
        long position;
        string stream;
        LineCursor before;
        await using (var command = new NpgsqlCommand(sql, connection))
        {
            AddReach(command, tenant, reach);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(parts[0]) });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = int.Parse(parts[1], CultureInfo.InvariantCulture) });
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            if (!await rows.ReadAsync(cancellation))
            {
                return null;
            }

            position = rows.GetInt64(0);
            before = new(position, rows.GetInt32(1) - 1);
            stream = RepLedger.IdOf(new(rows.GetString(2)), Period.MonthOf(rows.GetFieldValue<DateOnly>(3)).MonthKey);
        }

        var lines = await LinesAsync(connection, tenant, reach, new(), before, 1, cancellation);
        return (stream, lines[0].Line);
    }

    private static void AddReach(NpgsqlCommand command, string tenant, LedgerReach reach)
    {
        command.Parameters.Add(FactParameter.Text(tenant));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = reach.Position });
        command.Parameters.Add(FactParameter.Instant(reach.KnownAt ?? DateTimeOffset.MaxValue));
    }

    private static void AddDates(NpgsqlCommand command, LedgerFilter filter)
    {
        DateOnly?[] from = [filter.From, filter.Posted?.From];
        DateOnly?[] to = [filter.To, filter.Posted?.To, filter.Until?.AddDays(1)];
        command.Parameters.Add(FactParameter.Date(from.Max()));
        command.Parameters.Add(FactParameter.Date(to.Min()));
    }

    private static PostedLine Read(NpgsqlDataReader rows)
    {
        var amounts = rows.GetFieldValue<decimal[]>(21);
        return new(
            PostedLine.IdOf(rows.GetGuid(2), rows.GetInt32(1)),
            rows.GetInt64(0),
            new(rows.GetString(3)),
            EnumName<JournalSource>.Parse(rows.GetString(4)),
            rows.GetFieldValue<DateOnly>(6),
            Period.MonthOf(rows.GetFieldValue<DateOnly>(8)).MonthKey,
            new(
                EnumName<PostingKind>.Parse(rows.GetString(5)),
                rows.GetFieldValue<DateOnly>(7),
                new(rows.GetDecimal(9), rows.GetString(10)),
                rows.GetString(11),
                [.. rows.GetFieldValue<string[]>(20).Select((account, index) =>
                    new Posting(EnumName<LedgerAccount>.Parse(account), amounts[index]))],
                rows.TextOf(13),
                rows.TextOf(12) is { } deal ? new DealId(deal) : null,
                rows.TextOf(14),
                rows.TextOf(15),
                rows.TextOf(16) is { } plan ? new PlanId(plan) : null,
                rows.IntegerOf(17)),
            rows.TextOf(18),
            rows.TextOf(19));
    }
}

/// <summary>What is known of the ledger in an answer.</summary>
internal sealed record LedgerReach(long Position, DateTimeOffset? KnownAt);
