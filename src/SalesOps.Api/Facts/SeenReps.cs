using SalesOps.Domain;

namespace SalesOps.Api.Facts;

/// <summary>Whose rows a caller sees, for what is read from elsewhere than the facts about reps and deals.</summary>
internal static class SeenReps
{
    /// <summary>The reps whom the caller sees at an instant; null for everybody.</summary>
    public static async Task<IReadOnlySet<RepId>?> SeenRepsAsync(
        this FactReader facts, DateTimeOffset validAt, CancellationToken cancellation)
    {
        const string sql = """
            select distinct rep_id from rep_facts where tenant_id = $1 and known_from <= $3 and known_to > $3
            """;
        if (facts.SeesAll)
        {
            return null;
        }

        await using var query = facts.Query(sql, validAt);
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var seen = new HashSet<RepId>();
        while (await rows.ReadAsync(cancellation))
        {
            seen.Add(new(rows.GetString(0)));
        }

        return seen;
    }
}
