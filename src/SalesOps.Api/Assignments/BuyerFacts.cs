using Npgsql;
using SalesOps.Api.Facts;
using SalesOps.Api.Territories;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Assignments;

/// <summary>Reads from one snapshot the accounts and leads that somebody is sought for.</summary>
internal static class BuyerFacts
{
    private const string HoldsThen = "tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3";

    /// <summary>The accounts as somebody is sought for them; one that is not known then is left out.</summary>
    public static Task<ValueList<Buyer>> AccountBuyersAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<string> accountIds, CancellationToken cancellation) =>
        facts.BuyersAsync(
            $"""
            select account_id, segment, industry, country, region, employees, revenue, currency, buying_process, languages, skills
            from account_facts where {HoldsThen} and account_id = any($4)
            """,
            validAt, accountIds, kind: null, cancellation);

    /// <summary>The leads that may be routed; one that is given up, converted or not known then is left out.</summary>
    public static Task<ValueList<Buyer>> LeadBuyersAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<string> leadIds, CancellationToken cancellation) =>
        facts.BuyersAsync(
            $"""
            select lead_id, segment, industry, country, null, employees, null, null, null, languages, array[]::varchar[]
            from lead_facts where {HoldsThen} and lead_id = any($4) and status in ('new', 'qualified')
            """,
            validAt, leadIds, BuyerKind.Lead, cancellation);

    /// <summary>Accounts that nobody has in a role, by id.</summary>
    public static Task<IReadOnlyList<string>> UnassignedAccountsAsync(
        this FactReader facts, DateTimeOffset validAt, string role, int limit, CancellationToken cancellation) =>
        facts.IdsAsync(
            $"""
            select account_id from account_facts f where {HoldsThen}
              and not exists (
                select from assignment_facts a
                where a.tenant_id = $1 and a.account_id = f.account_id and not a.is_conflict and a.rep_id is not null
                  and a.role = $5 and a.valid_from <= $2 and a.valid_to > $2 and a.known_from <= $3 and a.known_to > $3)
            order by account_id collate "C" limit $4
            """,
            validAt, limit, role, cancellation);

    /// <summary>Leads that nobody works, by id.</summary>
    public static Task<IReadOnlyList<string>> UnroutedLeadsAsync(
        this FactReader facts, DateTimeOffset validAt, int limit, CancellationToken cancellation) =>
        facts.IdsAsync(
            $"""
            select lead_id from lead_facts where {HoldsThen} and owner_id is null and status in ('new', 'qualified')
              and $5::varchar is null
            order by lead_id collate "C" limit $4
            """,
            validAt, limit, role: null, cancellation);

    private static async Task<ValueList<Buyer>> BuyersAsync(
        this FactReader facts, string sql, DateTimeOffset validAt, IReadOnlyList<string> ids, BuyerKind? kind,
        CancellationToken cancellation)
    {
        if (ids is [])
        {
            return [];
        }

        var map = await facts.TerritoryMapAsync(validAt, cancellation);
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(FactParameter.Any(ids));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var buyers = new List<Buyer>();
        while (await rows.ReadAsync(cancellation))
        {
            var (segment, industry) = (rows.TextOf(1), rows.TextOf(2));
            var placement = map.Place(new(
                new(rows.GetString(0)), rows.TextOf(3), rows.TextOf(4), industry, segment, rows.IntegerOf(5), rows.MoneyOf(6, 7),
                rows.TextOf(8)));
            buyers.Add(new(
                rows.GetString(0), TerritoriesOf(map, placement), NoneIfEmpty(rows.TextsOf(9)), NoneIfEmpty(rows.TextsOf(10)),
                segment, industry, rows.TextOf(8), kind));
        }

        return [.. buyers.OrderBy(buyer => buyer.Id, StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(
        this FactReader facts, string sql, DateTimeOffset validAt, int limit, string? role, CancellationToken cancellation)
    {
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(FactParameter.Text(role));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }

    /// <summary>The leaf and those above it; none for what lies in no leaf or in several.</summary>
    private static ValueList<string>? TerritoriesOf(TerritoryMap map, Placement placement) => placement.Territory is { } leaf
        ? [.. map.PathOf(leaf).Select(territory => territory.Id.Value)]
        : null;

    private static ValueList<string>? NoneIfEmpty(ValueList<string> items) => items is [] ? null : items;
}
