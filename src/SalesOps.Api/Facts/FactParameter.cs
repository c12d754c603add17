using Npgsql;
using NpgsqlTypes;

namespace SalesOps.Api.Facts;

/// <summary>Parameters of queries of the facts, by the types of their columns.</summary>
internal static class FactParameter
{
    public static NpgsqlParameter Text(string? text) =>
        new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Varchar };

    public static NpgsqlParameter Instant(DateTimeOffset instant) =>
        new NpgsqlParameter<DateTimeOffset> { TypedValue = instant, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    public static NpgsqlParameter Date(DateOnly? date) =>
        new() { Value = date is { } value ? value : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date };

    /// <summary>For <c>column = any($n)</c>; null where any value will do.</summary>
    public static NpgsqlParameter Any(IEnumerable<string>? values) => new()
    {
        Value = values is null ? DBNull.Value : values.ToArray(),
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
    };

    public static NpgsqlParameter Instants(IEnumerable<DateTimeOffset>? instants) => new()
    {
        Value = instants is null ? DBNull.Value : instants.ToArray(),
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
    };
}
