using SalesOps.Api.Imports.Csv;
using SalesOps.Domain;

namespace SalesOps.Api.Imports.Salesforce;

/// <summary>An opportunity as it was from a time on.</summary>
/// <param name="Cells">The row that says so.</param>
/// <param name="Deal">The opportunity's id.</param>
/// <param name="Key">The snapshot's own id.</param>
/// <param name="At">From when.</param>
/// <param name="ValidThrough">Until when; null for the current one.</param>
internal sealed record Snapshot(CsvCells Cells, string Deal, string? Key, ImportTime At, DateTimeOffset? ValidThrough)
{
    public required string StageName { get; init; }

    /// <summary>In percent.</summary>
    public decimal? Probability { get; init; }

    public ForecastCategory? Category { get; init; }

    public Money? Amount { get; init; }

    public ImportTime? CloseDate { get; init; }

    /// <summary>The place of the stage in its process, where the row says so.</summary>
    public int? SortOrder { get; init; }

    /// <summary>Whether and how it is closed, where the row says so.</summary>
    public Outcome? Outcome { get; init; }
}

/// <summary>Whether and how a deal is closed.</summary>
internal enum Outcome
{
    Open,
    Won,
    Lost,
}

/// <summary>A row of <c>Opportunity.csv</c>: what holds of the opportunity when it is exported.</summary>
/// <param name="Current">Its state, dated when it was created.</param>
/// <param name="Created">When it was created, where the row says so.</param>
/// <param name="StageSince">When it came into its stage, where the row says so.</param>
internal sealed record Opportunity(
    Snapshot Current, string Name, AccountId? AccountId, RepId? OwnerId, string? Source, ImportTime? Created, ImportTime? StageSince,
    DateTimeOffset? ModifiedAt);
