using System.Runtime.CompilerServices;
using System.Text.Json;
using SalesOps.Api.Facts;
using SalesOps.Domain;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Territories;

namespace SalesOps.Api.Territories;

/// <summary>What slices ask of territories, at one valid time in one state of knowledge.</summary>
internal static class TerritoryQuery
{
    /// <summary>The whole tree in force, in no order.</summary>
    public static async Task<IReadOnlyList<TerritoryFact>> TerritoriesAsync(
        this FactReader facts, DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string sql = """
            select model_id, definition::text from territory_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
            """;
        await using var command = facts.Query(sql, validAt);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var territories = new List<TerritoryFact>();
        while (await rows.ReadAsync(cancellation))
        {
            territories.Add(new(
                JsonSerializer.Deserialize(rows.GetString(1), EventJson.Default.TerritoryDefinition)!,
                rows.TextOf(0) is { } model ? new TerritoryModelId(model) : null));
        }

        return territories;
    }

    /// <summary>Where each account belongs: built once, then asked of any number of accounts.</summary>
    public static async Task<TerritoryMap> TerritoryMapAsync(
        this FactReader facts, DateTimeOffset validAt, CancellationToken cancellation) =>
        new((await facts.TerritoriesAsync(validAt, cancellation)).Select(territory => territory.Definition));

    /// <summary>The leaf that each of some accounts belongs to; those of gaps and overlaps are left out.</summary>
    public static async Task<IReadOnlyDictionary<AccountId, TerritoryDefinition>> TerritoriesOfAsync(
        this FactReader facts, DateTimeOffset validAt, IEnumerable<AccountId?> accounts, CancellationToken cancellation)
    {
        var map = await facts.TerritoryMapAsync(validAt, cancellation);
        var ids = accounts.OfType<AccountId>().Select(account => account.Value).Distinct().ToArray();
        var leaves = new Dictionary<AccountId, TerritoryDefinition>();
        await foreach (var (traits, _) in facts.AccountTraitsAsync(validAt, ids, cancellation))
        {
            if (map.Place(traits).Territory is { } leaf)
            {
                leaves[traits.Id] = map.Territories[leaf];
            }
        }

        return leaves;
    }

    /// <summary>Who works each territory, by rep.</summary>
    public static async Task<ILookup<TerritoryId, TerritoryRep>> TerritoryStaffAsync(
        this FactReader facts, DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string sql = """
            select territory_id, rep_id, role, share from territory_staff_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
            order by territory_id, rep_id collate "C"
            """;
        await using var command = facts.Query(sql, validAt);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var staff = new List<(TerritoryId Id, TerritoryRep Rep)>();
        while (await rows.ReadAsync(cancellation))
        {
            staff.Add((new(rows.GetString(0)), new(new(rows.GetString(1)), rows.GetDecimal(3), rows.TextOf(2))));
        }

        return staff.ToLookup(entry => entry.Id, entry => entry.Rep);
    }

    /// <summary>Accounts as rules see them, streamed, in no order.</summary>
    /// <param name="ids">Absent for all.</param>
    public static async IAsyncEnumerable<(AccountTraits Traits, string Name)> AccountTraitsAsync(
        this FactReader facts, DateTimeOffset validAt, IReadOnlyList<string>? ids,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        const string sql = """
            select account_id, name, country, region, industry, segment, employees, revenue, currency, buying_process
            from account_facts
            where tenant_id = $1 and valid_from <= $2 and valid_to > $2 and known_from <= $3 and known_to > $3
              and ($4::varchar[] is null or account_id = any($4))
            """;
        await using var command = facts.Query(sql, validAt);
        command.Parameters.Add(FactParameter.Any(ids));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            yield return (
                new(
                    new(rows.GetString(0)), rows.TextOf(2), rows.TextOf(3), rows.TextOf(4), rows.TextOf(5),
                    rows.IntegerOf(6), rows.MoneyOf(7, 8), rows.TextOf(9)),
                rows.GetString(1));
        }
    }
}
