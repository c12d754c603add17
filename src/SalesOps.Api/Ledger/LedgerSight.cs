using SalesOps.Api.Facts;
using SalesOps.Domain;

namespace SalesOps.Api.Ledger;

/// <summary>Whose postings a reader sees: those of the reps whose own facts the reader sees at the time asked for.</summary>
internal static class LedgerSight
{
    extension(FactReader facts)
    {
        /// <summary>A filter of no more reps than the caller sees.</summary>
        public async Task<LedgerFilter> SeenAsync(LedgerFilter filter, DateTimeOffset validAt, CancellationToken cancellation) =>
            await facts.SeenRepsAsync(validAt, cancellation) is { } seen
                ? filter with { RepIds = [.. filter.RepIds?.Where(id => seen.Contains(new(id))) ?? seen.Select(rep => rep.Value)] }
                : filter;

        /// <summary>Whether the caller sees what is posted of a rep.</summary>
        public async Task<bool> SeesPayAsync(RepId repId, DateTimeOffset validAt, CancellationToken cancellation) =>
            await facts.SeenAsync(new([repId.Value]), validAt, cancellation) is { RepIds: not [] };
    }
}
