namespace SalesOps.Domain.Quotas;

/// <summary>What happened to a tenant's settings of quotas.</summary>
public abstract record QuotaSettingEvent
{
    private QuotaSettingEvent()
    {
    }

    /// <summary>Quotas that are assigned from now on, and say nothing else, are prorated so.</summary>
    public sealed record ProrationChosen(Proration Proration, string? Reason = null) : QuotaSettingEvent;
}

/// <summary>How a tenant prorates quotas at one instant; by calendar days until something else is chosen (RULES R10).</summary>
public sealed record QuotaSetting(Proration Proration, string? Reason = null)
{
    /// <summary>The one stream of a tenant.</summary>
    public const string StreamId = "proration";

    public static Decider<QuotaSetting, QuotaSettingEvent> Decider { get; } = new(
        new QuotaSetting(Proration.CalendarDays),
        (state, fact) => fact.Event is QuotaSettingEvent.ProrationChosen e ? new(e.Proration, e.Reason) : state,
        (_, _) => null);
}

/// <summary>Prorates quotas otherwise from a time on; those assigned before stay as they are.</summary>
public sealed record ChooseProration(Proration Proration, string? Reason)
{
    /// <summary>Choosing what holds already comes to nothing.</summary>
    public static Decision<QuotaSettingEvent> Decide(QuotaSetting state, ChooseProration command) => command switch
    {
        _ when InputRules.Text(command.Reason, "/reason") is { } fault => fault,
        _ when state.Proration == command.Proration => Decision<QuotaSettingEvent>.Nothing,
        _ => Decision<QuotaSettingEvent>.Accept(new QuotaSettingEvent.ProrationChosen(command.Proration, command.Reason)),
    };
}
