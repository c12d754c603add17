using SalesOps.Domain.Facts;

namespace SalesOps.Api.Facts;

/// <summary>What all tables of facts begin with.</summary>
internal static class FactCopy
{
    /// <summary>Begins a row with the columns that all tables of facts begin with.</summary>
    public static void StartRow<TRow>(this CopyWriter copy, string tenant, string id, KnownRow<TRow> row)
        where TRow : class
    {
        copy.StartRow();
        copy.WriteText(tenant);
        copy.WriteText(id);
        copy.Write(row.ValidFrom);
        copy.Write(row.ValidTo);
        copy.Write(row.KnownFrom);
        copy.Write(row.KnownTo);
    }
}
