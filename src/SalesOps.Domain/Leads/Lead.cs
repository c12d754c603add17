namespace SalesOps.Domain.Leads;

public enum LeadStatus
{
    /// <summary>Not captured (yet).</summary>
    None,
    New,
    Qualified,
    Disqualified,
    Converted,
}

/// <summary>
/// The state of a lead at one instant. A disqualified one may be qualified again, for people change their minds; it is
/// neither routed nor converted before that. A converted one is history: what follows happens to its deal.
/// </summary>
public sealed record Lead
{
    public static Decider<Lead, LeadEvent> Decider { get; } = new(new Lead(), Evolve, Admit);

    public LeadStatus Status { get; init; }

    /// <summary>How it was captured: a repeated creation is told from another one by it.</summary>
    public LeadEvent.Captured? Capture { get; init; }

    public LeadProfile? Profile => Capture?.Profile;

    public DateTimeOffset CapturedAt { get; init; }

    /// <summary>Of the last qualification, 0 to 100.</summary>
    public int? Score { get; init; }

    /// <summary>Of the last qualification or disqualification.</summary>
    public string? Reason { get; init; }

    /// <summary>Who works it.</summary>
    public RepId? OwnerId { get; init; }

    /// <summary>Since when that rep does.</summary>
    public DateTimeOffset? OwnerSince { get; init; }

    /// <summary>When it was first qualified, however it went on.</summary>
    public DateTimeOffset? QualifiedAt { get; init; }

    /// <summary>What it was converted to, and when.</summary>
    public LeadEvent.Converted? Conversion { get; init; }

    public DateTimeOffset? ConvertedAt { get; init; }

    private static Lead Evolve(Lead state, Fact<LeadEvent> fact) => fact.Event switch
    {
        LeadEvent.Captured e => state with
        {
            Status = LeadStatus.New,
            Capture = e,
            CapturedAt = fact.EffectiveAt,
            OwnerId = e.OwnerId,
            OwnerSince = e.OwnerId is null ? null : fact.EffectiveAt,
        },
        LeadEvent.Qualified e => state with
        {
            Status = LeadStatus.Qualified,
            Score = e.Score,
            Reason = e.Reason,
            QualifiedAt = state.QualifiedAt ?? fact.EffectiveAt,
        },
        LeadEvent.Disqualified e => state with { Status = LeadStatus.Disqualified, Reason = e.Reason },
        LeadEvent.Routed e => state with { OwnerId = e.RepId, OwnerSince = fact.EffectiveAt },
        LeadEvent.Converted e => state with
        {
            Status = LeadStatus.Converted,
            Conversion = e,
            ConvertedAt = fact.EffectiveAt,
        },
        _ => state,
    };

    private static Rejection? Admit(Lead state, LeadEvent @event) => (@event, state.Status) switch
    {
        (LeadEvent.Captured, LeadStatus.None) => null,
        (LeadEvent.Captured, _) => Rejection.Conflict("lead-exists", "The lead was captured before."),
        (_, LeadStatus.None) => Rejection.Conflict("lead-not-captured-yet", "The lead was not captured yet at that time."),
        (_, LeadStatus.Converted) => Rejection.Conflict("lead-converted", "The lead is a deal by now."),
        (LeadEvent.Routed or LeadEvent.Converted, LeadStatus.Disqualified) =>
            Rejection.Conflict("lead-disqualified", "A disqualified lead has to be qualified first."),
        _ => null,
    };
}
