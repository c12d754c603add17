using SalesOps.Domain;

namespace SalesOps.Api.Imports;

/// <summary>One fact that a row states: a command of the domain on one stream, and when it was true.</summary>
/// <param name="Category">The kind of stream, for example <c>deal</c>.</param>
/// <param name="Id">The stream's id without its category.</param>
/// <param name="Command">A command of the domain, or one of <see cref="EnsureStages"/> and <see cref="CorrectClosing"/>.</param>
/// <param name="EffectiveAt">When it was true; null where nobody knows, and it takes effect at the import's instant.</param>
internal sealed record ImportStep(string Category, string Id, object Command, DateTimeOffset? EffectiveAt)
{
    public string Stream => $"{Category}/{Id}";

    /// <summary>When the source system recorded it, where the row says so.</summary>
    public DateTimeOffset? SourceRecordedAt { get; init; }

    /// <summary>
    /// For the opening of a deal by a source that shows deals as they are now: when it last changed there. Another name,
    /// account or owner than the deal was opened with is then a change of that time.
    /// </summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The source's own id of the change, where the same change may come twice at one time.</summary>
    public string? Key { get; init; }

    /// <summary>The pipeline that a deal opens in.</summary>
    public PipelineId Pipeline { get; init; } = Domain.Pipelines.Pipeline.DefaultId;
}
