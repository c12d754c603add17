using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary>A month that is closed, or being closed.</summary>
internal sealed record PeriodClosing(
    string Period, PeriodStatus Status, long? Position, long? Block, string? BlockHash, IReadOnlyList<AccountTotal> Totals);

/// <summary>A request for approval as it stands.</summary>
internal sealed record ApprovalRow(
    string Id, ApprovalStatus Status, RepId RepId, string Period, DateOnly On, string Reason, string Author, string? DecidedBy,
    Money? Amount, DealId? DealId, IReadOnlyList<string> EntryIds);

/// <summary>Reads of what surrounds the postings, by the knowledge of the reader.</summary>
internal static class LedgerFacts
{
    extension(FactReader facts)
    {
        /// <summary>Whether there ever was such a rep.</summary>
        public async Task<bool> HasRepAsync(string repId, CancellationToken cancellation)
        {
            const string sql = """
                select exists (select from rep_facts where tenant_id = $1 and known_from <= $3 and known_to > $3 and rep_id = $4)
                """;
            await using var query = facts.Query(sql, DateTimeOffset.MaxValue);
            query.Parameters.Add(FactParameter.Text(repId));
            return await query.ExecuteScalarAsync(cancellation) is true;
        }

        /// <summary>The closed months, in order; those of a range if one is given.</summary>
        public async Task<IReadOnlyList<PeriodClosing>> PeriodsAsync(Period? days, CancellationToken cancellation)
        {
            const string sql = """
                select period, status, position, block, block_hash, accounts, debits, credits, currencies from period_facts
                where tenant_id = $1 and valid_to = 'infinity' and known_from <= $3 and known_to > $3
                  and period >= coalesce($4, '') and period < coalesce($5, '9999')
                order by period
                """;
            await using var query = facts.Query(sql, DateTimeOffset.MaxValue);
            query.Parameters.Add(FactParameter.Text(days is { } range ? Period.MonthOf(range.From).MonthKey : null));
            query.Parameters.Add(FactParameter.Text(days is { } until ? Period.MonthOf(until.To).MonthKey : null));
            await using var rows = await query.ExecuteReaderAsync(cancellation);
            var periods = new List<PeriodClosing>();
            while (await rows.ReadAsync(cancellation))
            {
                var debits = rows.GetFieldValue<decimal[]>(6);
                var credits = rows.GetFieldValue<decimal[]>(7);
                var currencies = rows.GetFieldValue<string[]>(8);
                periods.Add(new(
                    rows.GetString(0), EnumName<PeriodStatus>.Parse(rows.GetString(1)),
                    rows.IsDBNull(2) ? null : rows.GetInt64(2), rows.IsDBNull(3) ? null : rows.GetInt64(3), rows.TextOf(4),
                    [
                        .. rows.GetFieldValue<string[]>(5).Select((account, index) => new AccountTotal(
                            EnumName<LedgerAccount>.Parse(account), new(debits[index], currencies[index]),
                            new(credits[index], currencies[index]))),
                    ]));
            }

            return periods;
        }

        /// <summary>Requests of one kind, by id.</summary>
        /// <param name="kind">What their ids begin with.</param>
        public async Task<IReadOnlyList<ApprovalRow>> ApprovalsAsync(
            ApprovalKind kind, ApprovalFilter filter, string? after, int limit, CancellationToken cancellation)
        {
            const string sql = """
                select approval_id, status, rep_id, period, effective_on, reason, author, decided_by, amount, currency, deal_id,
                  entry_ids
                from approval_facts
                where tenant_id = $1 and valid_to = 'infinity' and known_from <= $3 and known_to > $3
                  and starts_with(approval_id, $6) and approval_id > coalesce($4, '')
                  and ($7::varchar[] is null or rep_id = any($7)) and ($8::varchar[] is null or status = any($8))
                  and ($9::varchar[] is null or period = any($9)) and ($10::varchar is null or approval_id = $10)
                order by approval_id limit $5
                """;
            var rows = await FactLists.ReadAsync(
                facts.Query(sql, DateTimeOffset.MaxValue), after is null ? null : kind.StreamId(after), limit,
                [
                    FactParameter.Text(kind.StreamId(string.Empty)), FactParameter.Any(filter.RepIds),
                    FactParameter.Any(filter.Statuses?.Select(EnumName<ApprovalStatus>.Of)), FactParameter.Any(filter.Periods),
                    FactParameter.Text(filter.Id is { } id ? kind.StreamId(id) : null),
                ],
                row => new ApprovalRow(
                    row.GetString(0)[kind.StreamId(string.Empty).Length..],
                    EnumName<ApprovalStatus>.Parse(row.GetString(1)), new(row.GetString(2)), row.GetString(3),
                    row.GetFieldValue<DateOnly>(4), row.GetString(5), row.GetString(6), row.TextOf(7), row.MoneyOf(8, 9),
                    row.TextOf(10) is { } deal ? new DealId(deal) : null, row.GetFieldValue<string[]>(11)),
                cancellation);
            return [.. rows.Select(row => row.Fact)];
        }

        /// <summary>The reps whose pay can't be calculated, with why.</summary>
        public async Task<IReadOnlyList<(string RepId, CalculationEvent.Blocked Block)>> BlockedAsync(CancellationToken cancellation)
        {
            const string sql = """
                select rep_id, period, code, detail from calculation_facts
                where tenant_id = $1 and valid_to = 'infinity' and known_from <= $3 and known_to > $3
                order by rep_id limit 100
                """;
            await using var query = facts.Query(sql, DateTimeOffset.MaxValue);
            await using var rows = await query.ExecuteReaderAsync(cancellation);
            var blocked = new List<(string, CalculationEvent.Blocked)>();
            while (await rows.ReadAsync(cancellation))
            {
                blocked.Add((rows.GetString(0), new(rows.GetString(1), rows.GetString(2), rows.GetString(3))));
            }

            return blocked;
        }
    }
}

/// <summary>Which requests a list is of.</summary>
internal sealed record ApprovalFilter(
    IReadOnlyList<string>? RepIds = null,
    IReadOnlyList<ApprovalStatus>? Statuses = null,
    IReadOnlyList<string>? Periods = null,
    string? Id = null);
