using System.Text.Json;
using System.Text.Json.Serialization;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Catalog;
using SalesOps.Domain.Compensation;
using SalesOps.Domain.Contacts;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Costs;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Leads;
using SalesOps.Domain.Ledger;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Products;
using SalesOps.Domain.Quotas;
using SalesOps.Domain.Reps;
using SalesOps.Domain.Territories;

namespace SalesOps.Domain;

/// <summary>
/// How events are stored. Frozen: a change here must still read every golden file. A member that is not known fails the
/// read: only a newer version can have written it, and to fold the event without it would give other figures than that
/// version gives for the same position.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    Converters =
    [
        typeof(MoneyJsonConverter),
        typeof(DecimalTextJsonConverter),
        typeof(EventEnumConverter<ForecastCategory>),
        typeof(EventEnumConverter<SplitKind>),
        typeof(EventEnumConverter<ActivityKind>),
        typeof(EventEnumConverter<LeadDirection>),
        typeof(EventEnumConverter<Attendance>),
        typeof(EventEnumConverter<HardRule>),
        typeof(EventEnumConverter<BuyerKind>),
        typeof(EventEnumConverter<QuotaHolderKind>),
        typeof(EventEnumConverter<Measure>),
        typeof(EventEnumConverter<Proration>),
        typeof(EventListConverter<RampStep>),
        typeof(EventListConverter<MonthWeight>),
        typeof(EventEnumConverter<EscalatorKind>),
        typeof(EventEnumConverter<NoticeParty>),
        typeof(EventEnumConverter<NoticeKind>),
        typeof(EventEnumConverter<TermSource>),
        typeof(EventListConverter<Split>),
        typeof(EventListConverter<ProductLine>),
        typeof(EventListConverter<Stage>),
        typeof(EventListConverter<TemplateClause>),
        typeof(EventListConverter<Clause>),
        typeof(EventListConverter<string>),
        typeof(ValueListConverter<string>),
        typeof(ValueListConverter<Buyer>),
        typeof(ValueListConverter<Candidate>),
        typeof(ValueListConverter<Tally>),
        typeof(ValueListConverter<Ranked>),
        typeof(ValueListConverter<Rejected>),
        typeof(ValueListConverter<Routed>),
        typeof(ValueListConverter<Holding>),
        typeof(ValueListConverter<AccountMove>),
        typeof(EventEnumConverter<TerritoryField>),
        typeof(EventEnumConverter<TerritoryOp>),
        typeof(EventEnumConverter<GoalPeriod>),
        typeof(EventListConverter<TerritoryRule>),
        typeof(EventListConverter<TerritoryDefinition>),
        typeof(EventListConverter<TerritoryRep>),
        typeof(EventEnumConverter<JournalSource>),
        typeof(EventEnumConverter<PostingKind>),
        typeof(EventEnumConverter<LedgerAccount>),
        typeof(ValueListConverter<JournalLine>),
        typeof(ValueListConverter<Posting>),
        typeof(ValueListConverter<LineInput>),
        typeof(ValueListConverter<AccountTotal>),
        typeof(EventEnumConverter<AdjustmentSide>),
        typeof(EventEnumConverter<PlanPeriod>),
        typeof(EventEnumConverter<RateKind>),
        typeof(EventEnumConverter<RateUnit>),
        typeof(EventEnumConverter<TierBoundary>),
        typeof(EventEnumConverter<DrawKind>),
        typeof(EventEnumConverter<PayOn>),
        typeof(EventEnumConverter<ClawbackMethod>),
        typeof(EventEnumConverter<ClawbackRatePolicy>),
        typeof(EventEnumConverter<SpiffTrigger>),
        typeof(EventEnumConverter<PlanChange>),
        typeof(EventEnumConverter<FxRateType>),
        typeof(EventEnumConverter<HalfRounding>),
        typeof(ValueListConverter<Component>),
        typeof(ValueListConverter<Tier>),
        typeof(ValueListConverter<CurvePoint>),
        typeof(ValueListConverter<Multiplier>),
        typeof(ValueListConverter<ClawbackStep>),
        typeof(ValueListConverter<Spiff>),
        typeof(ValueListConverter<Override>),
        typeof(ValueListConverter<DatedRate>),
        typeof(ValueListConverter<RedactedEvent>),
        typeof(EventEnumConverter<MetricMeasure>),
        typeof(EventEnumConverter<MetricDirection>),
        typeof(EventEnumConverter<ForecastPeriod>),
        typeof(EventEnumConverter<CostKind>),
    ])]
[JsonSerializable(typeof(FactVoided))]
[JsonSerializable(typeof(SubjectErased))]
[JsonSerializable(typeof(DealEvent.Opened), TypeInfoPropertyName = "DealOpened")]
[JsonSerializable(typeof(DealEvent.StageChanged))]
[JsonSerializable(typeof(DealEvent.AmountChanged))]
[JsonSerializable(typeof(DealEvent.CloseDateChanged))]
[JsonSerializable(typeof(DealEvent.Renamed))]
[JsonSerializable(typeof(DealEvent.AccountChanged))]
[JsonSerializable(typeof(DealEvent.OwnerChanged))]
[JsonSerializable(typeof(DealEvent.ForecastCategoryChanged))]
[JsonSerializable(typeof(DealEvent.SplitsChanged))]
[JsonSerializable(typeof(DealEvent.ProductsChanged))]
[JsonSerializable(typeof(DealEvent.ActivityLogged))]
[JsonSerializable(typeof(DealEvent.Won))]
[JsonSerializable(typeof(DealEvent.Lost))]
[JsonSerializable(typeof(DealEvent.Reopened))]
[JsonSerializable(typeof(LeadEvent.Captured), TypeInfoPropertyName = "LeadCaptured")]
[JsonSerializable(typeof(LeadEvent.Qualified), TypeInfoPropertyName = "LeadQualified")]
[JsonSerializable(typeof(LeadEvent.Disqualified), TypeInfoPropertyName = "LeadDisqualified")]
[JsonSerializable(typeof(LeadEvent.Routed), TypeInfoPropertyName = "LeadRouted")]
[JsonSerializable(typeof(LeadEvent.Converted), TypeInfoPropertyName = "LeadConverted")]
[JsonSerializable(typeof(AccountEvent.Registered), TypeInfoPropertyName = "AccountRegistered")]
[JsonSerializable(typeof(AccountEvent.ProfileChanged))]
[JsonSerializable(typeof(ContactEvent.Noted), TypeInfoPropertyName = "ContactNoted")]
[JsonSerializable(typeof(ContactEvent.Left), TypeInfoPropertyName = "ContactLeft")]
[JsonSerializable(typeof(ProductEvent.Registered), TypeInfoPropertyName = "ProductRegistered")]
[JsonSerializable(typeof(RepEvent.Registered), TypeInfoPropertyName = "RepRegistered")]
[JsonSerializable(typeof(RepEvent.ManagerChanged))]
[JsonSerializable(typeof(RepEvent.TeamChanged))]
[JsonSerializable(typeof(RepEvent.SkillsChanged))]
[JsonSerializable(typeof(RepEvent.CapacityChanged))]
[JsonSerializable(typeof(RepEvent.RolesChanged))]
[JsonSerializable(typeof(RepEvent.LeaveStarted))]
[JsonSerializable(typeof(RepEvent.LeaveEnded))]
[JsonSerializable(typeof(RepEvent.Departed))]
[JsonSerializable(typeof(RepEvent.OnboardingStarted))]
[JsonSerializable(typeof(RepEvent.OnboardingCompleted))]
[JsonSerializable(typeof(RepEvent.TrainingCompleted))]
[JsonSerializable(typeof(PipelineEvent.Defined))]
[JsonSerializable(typeof(AssignmentEvent.Assigned))]
[JsonSerializable(typeof(AssignmentEvent.Ended), TypeInfoPropertyName = "AssignmentEnded")]
[JsonSerializable(typeof(AssignmentEvent.CoverBegun))]
[JsonSerializable(typeof(AssignmentEvent.CoverEnded))]
[JsonSerializable(typeof(AssignmentEvent.ConflictDeclared))]
[JsonSerializable(typeof(AssignmentEvent.ConflictCleared))]
[JsonSerializable(typeof(DecisionEvent.Chosen))]
[JsonSerializable(typeof(DecisionEvent.Distributed))]
[JsonSerializable(typeof(DecisionEvent.Rebalanced))]
[JsonSerializable(typeof(WeightEvent.Weighed))]
[JsonSerializable(typeof(Buyer))]
[JsonSerializable(typeof(Candidate))]
[JsonSerializable(typeof(Tally))]
[JsonSerializable(typeof(Ranked))]
[JsonSerializable(typeof(Rejected))]
[JsonSerializable(typeof(Routed))]
[JsonSerializable(typeof(Holding))]
[JsonSerializable(typeof(AccountMove))]
[JsonSerializable(typeof(QuotaEvent.Assigned), TypeInfoPropertyName = "QuotaAssigned")]
[JsonSerializable(typeof(QuotaEvent.AmountChanged), TypeInfoPropertyName = "QuotaAmountChanged")]
[JsonSerializable(typeof(QuotaEvent.RampChanged), TypeInfoPropertyName = "QuotaRampChanged")]
[JsonSerializable(typeof(QuotaEvent.Relieved), TypeInfoPropertyName = "QuotaRelieved")]
[JsonSerializable(typeof(QuotaBookEvent.Entered), TypeInfoPropertyName = "QuotaEntered")]
[JsonSerializable(typeof(QuotaBookEvent.Struck), TypeInfoPropertyName = "QuotaStruck")]
[JsonSerializable(typeof(QuotaSettingEvent.ProrationChosen), TypeInfoPropertyName = "QuotaProrationChosen")]
[JsonSerializable(typeof(RampStep))]
[JsonSerializable(typeof(MonthWeight))]
[JsonSerializable(typeof(ContractTemplateEvent.Defined), TypeInfoPropertyName = "ContractTemplateDefined")]
[JsonSerializable(typeof(ContractEvent.Drafted), TypeInfoPropertyName = "ContractDrafted")]
[JsonSerializable(typeof(ContractEvent.Sent), TypeInfoPropertyName = "ContractSent")]
[JsonSerializable(typeof(ContractEvent.Signed), TypeInfoPropertyName = "ContractSigned")]
[JsonSerializable(typeof(ContractEvent.Activated), TypeInfoPropertyName = "ContractActivated")]
[JsonSerializable(typeof(ContractEvent.Amended), TypeInfoPropertyName = "ContractAmended")]
[JsonSerializable(typeof(ContractEvent.NoticeGiven), TypeInfoPropertyName = "ContractNoticeGiven")]
[JsonSerializable(typeof(ContractEvent.Renewed), TypeInfoPropertyName = "ContractRenewed")]
[JsonSerializable(typeof(ContractEvent.Terminated), TypeInfoPropertyName = "ContractTerminated")]
[JsonSerializable(typeof(ContractEvent.Superseded), TypeInfoPropertyName = "ContractSuperseded")]
[JsonSerializable(typeof(ContractEvent.NoticeWindowEntered), TypeInfoPropertyName = "ContractNoticeWindowEntered")]
[JsonSerializable(typeof(ContractEvent.Expired), TypeInfoPropertyName = "ContractExpired")]
[JsonSerializable(typeof(ContractEvent.HeldOver), TypeInfoPropertyName = "ContractHeldOver")]
[JsonSerializable(typeof(ContractEvent.Invoiced), TypeInfoPropertyName = "ContractInvoiced")]
[JsonSerializable(typeof(ContractEvent.PaymentReceived), TypeInfoPropertyName = "ContractPaymentReceived")]
[JsonSerializable(typeof(ContractEvent.CreditNoteIssued), TypeInfoPropertyName = "ContractCreditNoteIssued")]
[JsonSerializable(typeof(ContractEvent.RefundPaid), TypeInfoPropertyName = "ContractRefundPaid")]
[JsonSerializable(typeof(TemplateClause))]
[JsonSerializable(typeof(Clause))]
[JsonSerializable(typeof(TerritoryTreeEvent.Defined), TypeInfoPropertyName = "TerritoryDefined")]
[JsonSerializable(typeof(TerritoryTreeEvent.RulesChanged), TypeInfoPropertyName = "TerritoryRulesChanged")]
[JsonSerializable(typeof(TerritoryTreeEvent.Moved), TypeInfoPropertyName = "TerritoryMoved")]
[JsonSerializable(typeof(TerritoryTreeEvent.GoalChanged), TypeInfoPropertyName = "TerritoryGoalChanged")]
[JsonSerializable(typeof(TerritoryTreeEvent.Retired), TypeInfoPropertyName = "TerritoryRetired")]
[JsonSerializable(typeof(TerritoryTreeEvent.ModelActivated), TypeInfoPropertyName = "TerritoryModelActivated")]
[JsonSerializable(typeof(TerritoryStaffEvent.RepsChanged), TypeInfoPropertyName = "TerritoryRepsChanged")]
[JsonSerializable(typeof(TerritoryModelEvent.Drafted), TypeInfoPropertyName = "TerritoryModelDrafted")]
[JsonSerializable(typeof(CompPlanEvent.Drafted), TypeInfoPropertyName = "PlanDrafted")]
[JsonSerializable(typeof(CompPlanEvent.Published), TypeInfoPropertyName = "PlanPublished")]
[JsonSerializable(typeof(RepPlanEvent.Assigned), TypeInfoPropertyName = "PlanAssigned")]
[JsonSerializable(typeof(RepPlanEvent.Accepted), TypeInfoPropertyName = "PlanAccepted")]
[JsonSerializable(typeof(RateEvent.Quoted), TypeInfoPropertyName = "RatesQuoted")]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(Component))]
[JsonSerializable(typeof(Tier))]
[JsonSerializable(typeof(CurvePoint))]
[JsonSerializable(typeof(Multiplier))]
[JsonSerializable(typeof(ClawbackStep))]
[JsonSerializable(typeof(Spiff))]
[JsonSerializable(typeof(Override))]
[JsonSerializable(typeof(DatedRate))]
[JsonSerializable(typeof(Split))]
[JsonSerializable(typeof(ProductLine))]
[JsonSerializable(typeof(Stage))]
[JsonSerializable(typeof(TerritoryRule))]
[JsonSerializable(typeof(TerritoryDefinition))]
[JsonSerializable(typeof(TerritoryRep))]
[JsonSerializable(typeof(LedgerEvent.JournalPosted))]
[JsonSerializable(typeof(JournalLine))]
[JsonSerializable(typeof(Posting))]
[JsonSerializable(typeof(LineInput))]
[JsonSerializable(typeof(CalculationEvent.Blocked), TypeInfoPropertyName = "CalculationBlocked")]
[JsonSerializable(typeof(CalculationEvent.Resumed), TypeInfoPropertyName = "CalculationResumed")]
[JsonSerializable(typeof(BooksEvent.Begun), TypeInfoPropertyName = "BooksBegun")]
[JsonSerializable(typeof(PeriodEvent.Closing), TypeInfoPropertyName = "PeriodClosing")]
[JsonSerializable(typeof(PeriodEvent.Sealed), TypeInfoPropertyName = "PeriodSealed")]
[JsonSerializable(typeof(AccountTotal))]
[JsonSerializable(typeof(ApprovalEvent.Requested), TypeInfoPropertyName = "ApprovalRequested")]
[JsonSerializable(typeof(ApprovalEvent.Approved), TypeInfoPropertyName = "ApprovalGiven")]
[JsonSerializable(typeof(ApprovalEvent.Rejected), TypeInfoPropertyName = "ApprovalRefused")]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(CostEvent.Recorded), TypeInfoPropertyName = "CostRecorded")]
[JsonSerializable(typeof(MetricEvent.Described), TypeInfoPropertyName = "MetricDescribed")]
[JsonSerializable(typeof(MetricEvent.Retired), TypeInfoPropertyName = "MetricRetired")]
[JsonSerializable(typeof(MetricTerms))]
[JsonSerializable(typeof(ForecastEvent.Submitted), TypeInfoPropertyName = "ForecastSubmitted")]
[JsonSerializable(typeof(ForecastEvent.Adjusted), TypeInfoPropertyName = "ForecastAdjusted")]
[JsonSerializable(typeof(ForecastEvent.AdjustmentWithdrawn), TypeInfoPropertyName = "ForecastAdjustmentWithdrawn")]
public sealed partial class EventJson : JsonSerializerContext;

/// <summary>Enums in events are camelCase text, never numbers; an unknown member fails the read.</summary>
public sealed class EventEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
