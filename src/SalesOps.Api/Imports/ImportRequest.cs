using SalesOps.Store;

namespace SalesOps.Api.Imports;

/// <summary>How an import is to be recorded.</summary>
internal sealed record ImportRequest
{
    public required string Tenant { get; init; }

    public required string Actor { get; init; }

    /// <summary>Nothing is recorded unless every row is.</summary>
    public bool IsAtomic { get; init; }

    /// <summary>Everything is decided and nothing recorded.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Leaves rows that went well out of the answer.</summary>
    public bool FailuresOnly { get; init; }

    /// <summary>The key that makes a repeat give the first answer again.</summary>
    public ImportKey? Key { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>Told how many rows are done each time some are.</summary>
    public Action<int>? Progress { get; init; }
}

/// <summary>A claim on an idempotency key.</summary>
/// <param name="Hash">Tells a repeat from another request under the same key.</param>
/// <param name="Encode">Writes the answer to keep.</param>
internal sealed record ImportKey(string Key, string Hash, Func<ImportAnswer, string> Encode)
{
    public IdempotencyClaim Claiming(Func<long, ImportAnswer> answer) =>
        new(Key, Hash, appended => Encode(answer(appended.Position)));
}
