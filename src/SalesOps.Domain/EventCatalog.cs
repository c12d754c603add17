using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SalesOps.Domain.Deals;

namespace SalesOps.Domain;

/// <summary>
/// The only place where an event's wire name exists. A name is never reused; an old shape stays readable for ever
/// through an upcaster straight to the current record.
/// </summary>
public static class EventCatalog
{
    private static readonly FrozenDictionary<string, Entry> ByName = new[]
    {
        Map("fact_voided", EventJson.Default.FactVoided),
        Map("subject_erased", EventJson.Default.SubjectErased),

        Map("deal_opened", EventJson.Default.DealOpened),
        Upcast("deal_created", DealOpenedFromDealCreated),
        Map("deal_stage_changed", EventJson.Default.StageChanged),
        Map("deal_amount_changed", EventJson.Default.AmountChanged),
        Map("deal_close_date_changed", EventJson.Default.CloseDateChanged),
        Map("deal_renamed", EventJson.Default.Renamed),
        Map("deal_account_changed", EventJson.Default.AccountChanged),
        Map("deal_owner_changed", EventJson.Default.OwnerChanged),
        Map("deal_forecast_category_changed", EventJson.Default.ForecastCategoryChanged),
        Map("deal_splits_changed", EventJson.Default.SplitsChanged),
        Map("deal_products_changed", EventJson.Default.ProductsChanged),
        Map("deal_activity_logged", EventJson.Default.ActivityLogged),
        Map("deal_won", EventJson.Default.Won),
        Map("deal_lost", EventJson.Default.Lost),
        Map("deal_reopened", EventJson.Default.Reopened),

        Map("lead_captured", EventJson.Default.LeadCaptured),
        Map("lead_qualified", EventJson.Default.LeadQualified),
        Map("lead_disqualified", EventJson.Default.LeadDisqualified),
        Map("lead_routed", EventJson.Default.LeadRouted),
        Map("lead_converted", EventJson.Default.LeadConverted),

        Map("account_registered", EventJson.Default.AccountRegistered),
        Map("account_profile_changed", EventJson.Default.ProfileChanged),
        Map("contact_noted", EventJson.Default.ContactNoted),
        Map("contact_left", EventJson.Default.ContactLeft),
        Map("product_registered", EventJson.Default.ProductRegistered),
        Map("rep_registered", EventJson.Default.RepRegistered),
        Map("rep_manager_changed", EventJson.Default.ManagerChanged),
        Map("rep_team_changed", EventJson.Default.TeamChanged),
        Map("rep_skills_changed", EventJson.Default.SkillsChanged),
        Map("rep_capacity_changed", EventJson.Default.CapacityChanged),
        Map("rep_roles_changed", EventJson.Default.RolesChanged),
        Map("rep_leave_started", EventJson.Default.LeaveStarted),
        Map("rep_leave_ended", EventJson.Default.LeaveEnded),
        Map("rep_departed", EventJson.Default.Departed),
        Map("rep_onboarding_started", EventJson.Default.OnboardingStarted),
        Map("rep_onboarding_completed", EventJson.Default.OnboardingCompleted),
        Map("rep_training_completed", EventJson.Default.TrainingCompleted),
        Map("pipeline_defined", EventJson.Default.Defined),

        Map("account_assigned", EventJson.Default.Assigned),
        Map("account_assignment_ended", EventJson.Default.AssignmentEnded),
        Map("account_cover_begun", EventJson.Default.CoverBegun),
        Map("account_cover_ended", EventJson.Default.CoverEnded),
        Map("account_conflict_declared", EventJson.Default.ConflictDeclared),
        Map("account_conflict_cleared", EventJson.Default.ConflictCleared),
        Map("assignment_chosen", EventJson.Default.Chosen),
        Map("assignments_distributed", EventJson.Default.Distributed),
        Map("assignments_rebalanced", EventJson.Default.Rebalanced),
        Map("assignment_factors_weighed", EventJson.Default.Weighed),
        Map("quota_assigned", EventJson.Default.QuotaAssigned),
        Map("quota_amount_changed", EventJson.Default.QuotaAmountChanged),
        Map("quota_ramp_changed", EventJson.Default.QuotaRampChanged),
        Map("quota_relieved", EventJson.Default.QuotaRelieved),
        Map("quota_entered", EventJson.Default.QuotaEntered),
        Map("quota_struck", EventJson.Default.QuotaStruck),
        Map("quota_proration_chosen", EventJson.Default.QuotaProrationChosen),
        Map("contract_template_defined", EventJson.Default.ContractTemplateDefined),
        Map("contract_drafted", EventJson.Default.ContractDrafted),
        Map("contract_sent", EventJson.Default.ContractSent),
        Map("contract_signed", EventJson.Default.ContractSigned),
        Map("contract_activated", EventJson.Default.ContractActivated),
        Map("contract_amended", EventJson.Default.ContractAmended),
        Map("contract_notice_given", EventJson.Default.ContractNoticeGiven),
        Map("contract_renewed", EventJson.Default.ContractRenewed),
        Map("contract_terminated", EventJson.Default.ContractTerminated),
        Map("contract_superseded", EventJson.Default.ContractSuperseded),
        Map("contract_notice_window_entered", EventJson.Default.ContractNoticeWindowEntered),
        Map("contract_expired", EventJson.Default.ContractExpired),
        Map("contract_held_over", EventJson.Default.ContractHeldOver),
        Map("contract_invoiced", EventJson.Default.ContractInvoiced),
        Map("contract_payment_received", EventJson.Default.ContractPaymentReceived),
        Map("contract_credit_note_issued", EventJson.Default.ContractCreditNoteIssued),
        Map("contract_refund_paid", EventJson.Default.ContractRefundPaid),
        Map("territory_defined", EventJson.Default.TerritoryDefined),
        Map("territory_rules_changed", EventJson.Default.TerritoryRulesChanged),
        Map("territory_moved", EventJson.Default.TerritoryMoved),
        Map("territory_goal_changed", EventJson.Default.TerritoryGoalChanged),
        Map("territory_retired", EventJson.Default.TerritoryRetired),
        Map("territory_model_activated", EventJson.Default.TerritoryModelActivated),
        Map("territory_reps_changed", EventJson.Default.TerritoryRepsChanged),
        Map("territory_model_drafted", EventJson.Default.TerritoryModelDrafted),

        Map("journal_posted", EventJson.Default.JournalPosted),
        Map("calculation_blocked", EventJson.Default.CalculationBlocked),
        Map("calculation_resumed", EventJson.Default.CalculationResumed),
        Map("books_begun", EventJson.Default.BooksBegun),
        Map("period_closing", EventJson.Default.PeriodClosing),
        Map("period_sealed", EventJson.Default.PeriodSealed),
        Map("approval_requested", EventJson.Default.ApprovalRequested),
        Map("approval_given", EventJson.Default.ApprovalGiven),
        Map("approval_refused", EventJson.Default.ApprovalRefused),
        Map("forecast_submitted", EventJson.Default.ForecastSubmitted),
        Map("forecast_adjusted", EventJson.Default.ForecastAdjusted),
        Map("forecast_adjustment_withdrawn", EventJson.Default.ForecastAdjustmentWithdrawn),
        Map("plan_drafted", EventJson.Default.PlanDrafted),
        Map("plan_published", EventJson.Default.PlanPublished),
        Map("plan_assigned", EventJson.Default.PlanAssigned),
        Map("plan_accepted", EventJson.Default.PlanAccepted),
        Map("rates_quoted", EventJson.Default.RatesQuoted),
        Map("cost_recorded", EventJson.Default.CostRecorded),
        Map("metric_described", EventJson.Default.MetricDescribed),
        Map("metric_retired", EventJson.Default.MetricRetired),
    }.ToFrozenDictionary(entry => entry.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, Entry> ByType =
        ByName.Values.Where(entry => entry.Write is not null).ToFrozenDictionary(entry => entry.Type);

    private delegate object Reader(ReadOnlySpan<byte> json);

    /// <summary>Every name that can be read; those that are written too are current.</summary>
    public static IEnumerable<(string Name, Type Type, bool IsCurrent)> Entries =>
        ByName.Values.Select(entry => (entry.Name, entry.Type, entry.Write is not null));

    /// <summary>The wire name under which an event is stored.</summary>
    public static string NameOf(object @event) => ByType[@event.GetType()].Name;

    /// <summary>The event as UTF-8 JSON.</summary>
    public static byte[] Encode(object @event) => ByType[@event.GetType()].Write!(@event);

    /// <summary>The event, in its current shape. A name or a member that is not known fails: nothing is skipped.</summary>
    public static object Decode(string name, ReadOnlySpan<byte> json) => ByName.TryGetValue(name, out var entry)
        ? entry.Read(json)
        : throw new JsonException($"There is no event type '{name}'.");

    private static Entry Map<T>(string name, JsonTypeInfo<T> json)
        where T : class => new(
        name,
        typeof(T),
        bytes => JsonSerializer.Deserialize(bytes, json) ?? throw new JsonException($"Event '{name}' is null."),
        @event => JsonSerializer.SerializeToUtf8Bytes((T)@event, json));

    private static Entry Upcast<T>(string name, Func<JsonElement, T> upcast)
        where T : class => new(
        name,
        typeof(T),
        bytes =>
        {
            var reader = new Utf8JsonReader(bytes);
            try
            {
                return upcast(JsonElement.ParseValue(ref reader));
            }
            catch (Exception failure) when (failure is KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new JsonException($"Event '{name}' is not of its shape.", failure);
            }
        },
        null);

    /// <summary>Before the first release a deal was "created", with its value and currency side by side.</summary>
    private static DealEvent.Opened DealOpenedFromDealCreated(JsonElement json) => new(
        Text(json, "name"),
        new PipelineId(Text(json, "pipeline")),
        new StageKey(Text(json, "stage")),
        Amount: json.TryGetProperty("value", out var value) ? new Money(value.GetDecimal(), Text(json, "currency")) : null);

    private static string Text(JsonElement json, string member) =>
        json.GetProperty(member).GetString() ?? throw new JsonException($"Member '{member}' is null.");

    private sealed record Entry(string Name, Type Type, Reader Read, Func<object, byte[]>? Write);
}
