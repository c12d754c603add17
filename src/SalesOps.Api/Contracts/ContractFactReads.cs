using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Facts;

namespace SalesOps.Api.Contracts;

/// <summary>What is read of <c>contract_facts</c>.</summary>
internal static class ContractFactReads
{
    private const string Columns = """
        contract_id, status, account_id, deal_id, term_start, term_end, value, currency, annual_value, escalated, source,
        term_number, auto_renew, notice_deadline, notice_on, lost_for
        """;

    extension(FactReader facts)
    {
        /// <summary>A page of contracts by id.</summary>
        public Task<IReadOnlyList<Listed<ContractFact>>> ContractsAsync(
            DateTimeOffset validAt, ContractFilter filter, string? after, int limit, CancellationToken cancellation)
        {
            const string sql = $"""
                select {Columns} from contract_facts
                where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                  and contract_id > coalesce($4, '')
                  and ($6::varchar[] is null or status = any($6)) and ($7::varchar[] is null or account_id = any($7))
                  and ($8::varchar[] is null or deal_id = any($8))
                  and ($9::date is null or term_end >= $9) and ($10::date is null or term_end < $10)
                order by contract_id limit $5
                """;
            return FactLists.ReadAsync(
                facts.Query(sql, validAt), after, limit,
                [
                    FactParameter.Any(filter.Statuses?.Select(EnumName<ContractStatus>.Of)), FactParameter.Any(filter.AccountIds),
                    FactParameter.Any(filter.DealIds), FactParameter.Date(filter.EndFrom), FactParameter.Date(filter.EndTo),
                ],
                Read, cancellation);
        }

        /// <summary>The contracts of an account that were drafted by an instant.</summary>
        public async Task<IReadOnlyList<string>> ContractsOfAsync(
            DateTimeOffset validAt, string accountId, CancellationToken cancellation)
        {
            const string sql = $"""
                select {Columns} from contract_facts
                where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                  and account_id = $4
                order by contract_id limit 200
                """;
            await using var command = facts.Query(sql, validAt);
            command.Parameters.Add(FactParameter.Text(accountId));
            return [.. (await ReadAllAsync(command, cancellation)).Select(contract => contract.Id)];
        }

        /// <summary>Every contract that binds at an instant.</summary>
        public async Task<IReadOnlyList<Listed<ContractFact>>> ContractsInForceAsync(
            DateTimeOffset validAt, CancellationToken cancellation)
        {
            const string sql = $"""
                select {Columns} from contract_facts
                where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                  and status in ('executed', 'active', 'inNoticeWindow', 'holdover') and term_start <= $4
                order by contract_id
                """;
            await using var command = facts.Query(sql, validAt);
            command.Parameters.Add(FactParameter.Date(BusinessCalendar.Utc.DateOf(validAt)));
            return await ReadAllAsync(command, cancellation);
        }

        /// <summary>Why contracts were lost, by their ids, as said by an instant.</summary>
        public async Task<IReadOnlyDictionary<string, string>> LostForAsync(
            DateTimeOffset validAt, CancellationToken cancellation)
        {
            const string sql = $"""
                select {Columns} from contract_facts
                where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
                  and lost_for is not null and status in ('expired', 'terminated')
                """;
            await using var command = facts.Query(sql, validAt);
            return (await ReadAllAsync(command, cancellation)).ToDictionary(
                contract => contract.Id, contract => contract.Fact.LostFor!, StringComparer.Ordinal);
        }

        /// <summary>What accounts are grouped by: as it was at the end of a period, or at its start where nothing is known then.</summary>
        public async Task<IReadOnlyDictionary<string, AccountGroup>> AccountGroupsAsync(
            DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
        {
            const string sql = """
                select distinct on (account_id) account_id, name, segment, industry, country from account_facts
                where tenant_id = $1 and known_from <= $3 and known_to > $3
                  and ((valid_from <= $2 and valid_to > $2) or (valid_from <= $4 and valid_to > $4))
                order by account_id, valid_from desc
                """;
            await using var command = facts.Query(sql, from);
            command.Parameters.Add(FactParameter.Instant(to));
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            var accounts = new Dictionary<string, AccountGroup>(StringComparer.Ordinal);
            while (await rows.ReadAsync(cancellation))
            {
                accounts[rows.GetString(0)] = new(rows.GetString(1), rows.TextOf(2), rows.TextOf(3), rows.TextOf(4));
            }

            return accounts;
        }

        /// <summary>
        /// The terms that end in a range of dates, each as it stands at its end, and as it stands after it: what comes after
        /// <paramref name="validAt"/> is not looked at.
        /// </summary>
        public async Task<IReadOnlyList<EndingTerm>> EndingTermsAsync(
            DateTimeOffset validAt, DateOnly from, DateOnly to, CancellationToken cancellation)
        {
            const string sql = $"""
                with known as (
                  select {Columns}, valid_from, case when valid_to > $2 then 'infinity' else valid_to end as valid_to
                  from contract_facts
                  where tenant_id = $1 and valid_from <= $2 and known_from <= $3 and known_to > $3)
                select ending.*, after.status, after.term_start, after.term_end, after.value, after.annual_value, after.source,
                    after.lost_for
                from known ending
                left join known after on after.contract_id = ending.contract_id
                  and after.valid_from <= (ending.term_end + 1)::timestamp at time zone 'UTC'
                  and after.valid_to > (ending.term_end + 1)::timestamp at time zone 'UTC'
                where ending.term_end >= $4 and ending.term_end < $5
                  and ending.status in ('executed', 'active', 'inNoticeWindow')
                  and ending.valid_from < (ending.term_end + 1)::timestamp at time zone 'UTC'
                  and ending.valid_to >= (ending.term_end + 1)::timestamp at time zone 'UTC'
                order by ending.term_end, ending.contract_id
                """;
            await using var command = facts.Query(sql, validAt);
            command.Parameters.Add(FactParameter.Date(from));
            command.Parameters.Add(FactParameter.Date(to));
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            var terms = new List<EndingTerm>();
            while (await rows.ReadAsync(cancellation))
            {
                var ending = Read(rows);
                var isNext = !rows.IsDBNull(18) && rows.GetFieldValue<DateOnly>(19) > ending.TermEnd;
                terms.Add(new(
                    rows.GetString(0), ending,
                    rows.IsDBNull(18) ? ending.Status : EnumName<ContractStatus>.Parse(rows.GetString(18)),
                    isNext ? new Term(rows.GetFieldValue<DateOnly>(19), rows.GetFieldValue<DateOnly>(20)) : null,
                    isNext ? ending.Value with { Amount = rows.GetDecimal(21) } : null,
                    isNext ? rows.GetDecimal(22) : null,
                    isNext ? EnumName<TermSource>.Parse(rows.GetString(23)) : null,
                    rows.TextOf(24)));
            }

            return terms;
        }
    }

    private static async Task<IReadOnlyList<Listed<ContractFact>>> ReadAllAsync(
        NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var contracts = new List<Listed<ContractFact>>();
        while (await rows.ReadAsync(cancellation))
        {
            contracts.Add(new(rows.GetString(0), Read(rows)));
        }

        return contracts;
    }

    private static ContractFact Read(NpgsqlDataReader rows) => new(
        EnumName<ContractStatus>.Parse(rows.GetString(1)),
        new(rows.GetString(2)),
        rows.TextOf(3) is { } deal ? new DealId(deal) : null,
        rows.GetFieldValue<DateOnly>(4),
        rows.GetFieldValue<DateOnly>(5),
        new(rows.GetDecimal(6), rows.GetString(7)),
        rows.GetDecimal(8),
        rows.GetDecimal(9),
        EnumName<TermSource>.Parse(rows.GetString(10)),
        rows.GetInt32(11),
        rows.GetBoolean(12),
        rows.GetFieldValue<DateOnly>(13),
        rows.DateOf(14),
        rows.TextOf(15),
        null);
}

/// <summary>A term that ends, as it stands on its last day, and what follows it.</summary>
/// <param name="After">What the contract is on the day after.</param>
/// <param name="Next">The term that follows, if one does.</param>
/// <param name="NextValue">Its price.</param>
/// <param name="NextAnnual">Its price of a year.</param>
internal sealed record EndingTerm(
    string ContractId, ContractFact Fact, ContractStatus After, Term? Next, Money? NextValue, decimal? NextAnnual,
    TermSource? Source, string? LostFor);

/// <summary>What an account is grouped by.</summary>
internal sealed record AccountGroup(string Name, string? Segment, string? Industry, string? Country);

/// <summary>Which contracts a list is of; several values of one member mean or, the dates are half-open.</summary>
internal sealed record ContractFilter(
    IReadOnlyList<ContractStatus>? Statuses,
    IReadOnlyList<string>? AccountIds,
    IReadOnlyList<string>? DealIds,
    DateOnly? EndFrom,
    DateOnly? EndTo);
