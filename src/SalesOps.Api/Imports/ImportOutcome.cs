namespace SalesOps.Api.Imports;

/// <summary>What became of an import.</summary>
internal abstract record ImportOutcome
{
    private ImportOutcome()
    {
    }

    /// <summary>It went through; single rows may have failed.</summary>
    /// <param name="Events">How many events it recorded, or would have.</param>
    public sealed record Done(ImportAnswer Answer, int Events) : ImportOutcome;

    /// <summary>Its key was claimed before by the same request, which was answered so.</summary>
    public sealed record Replayed(string Answer) : ImportOutcome;

    /// <summary>Its key was claimed before by another request; nothing of this one is recorded.</summary>
    public sealed record KeyReused : ImportOutcome;

    /// <summary>All or nothing was asked for and a row failed: nothing is recorded.</summary>
    public sealed record Rejected(ImportAnswer Answer) : ImportOutcome;

    /// <summary>All or nothing was asked for and it is too much for one append: nothing is recorded.</summary>
    public sealed record TooLarge(int Events) : ImportOutcome;

    /// <summary>Others wrote the same streams faster than this import could decide; nothing is recorded.</summary>
    public sealed record Contention : ImportOutcome;

    /// <summary>The database was lost on the way. What was recorded stays, and a repeat goes on from there.</summary>
    /// <param name="IsUnknown">Whether even that is not known of the last append.</param>
    public sealed record Interrupted(bool IsUnknown) : ImportOutcome;
}
