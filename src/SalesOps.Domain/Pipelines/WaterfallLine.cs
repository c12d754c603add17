namespace SalesOps.Domain.Pipelines;

/// <summary>Why the pipeline grew or shrank, in the order in which the lines stand (RULES R5).</summary>
public enum WaterfallKind
{
    /// <summary>Opened since.</summary>
    Created,

    /// <summary>Was closed, and was taken up again.</summary>
    Reopened,

    /// <summary>Its close date lay after the window, or it had none.</summary>
    PulledIn,

    /// <summary>Its close date lay before the window.</summary>
    PushedIn,

    /// <summary>Belonged to somebody who is not asked for.</summary>
    TransferredIn,

    /// <summary>Was of a category or currency that is not asked for.</summary>
    CategoryIn,

    Increased,

    Decreased,

    Unchanged,

    Won,

    Lost,

    /// <summary>Is no longer there.</summary>
    Removed,

    /// <summary>Slipped: its close date lies after the window, or it has none.</summary>
    PushedOut,

    /// <summary>Its close date lies before the window.</summary>
    PulledOut,

    /// <summary>Belongs to somebody who is not asked for.</summary>
    TransferredOut,

    /// <summary>Is of a category or currency that is not asked for.</summary>
    CategoryOut,
}

/// <summary>How vendors show what a deal's amount did on the way in or out.</summary>
public enum WaterfallForm
{
    /// <summary>As a line of its own: a deal comes and goes with the amount that it has then.</summary>
    Gross,

    /// <summary>Not at all: a deal that comes brings what it ends with, one that goes takes what it began with.</summary>
    Net,
}

/// <summary>What one deal, or several that are alike, put on a line.</summary>
/// <param name="Amount">Signed: what it adds to the pipeline.</param>
public readonly record struct WaterfallLine(WaterfallKind Kind, decimal Amount);
