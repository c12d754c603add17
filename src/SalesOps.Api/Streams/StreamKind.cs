using SalesOps.Domain;
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

namespace SalesOps.Api.Streams;

/// <summary>One kind of stream: the category that its ids begin with, and how its events make state.</summary>
internal sealed record StreamKind<TState, TEvent>(string Category, Func<string, Decider<TState, TEvent>> DeciderOf)
    where TEvent : class
{
    /// <summary>Whether its state is kept ready for the next command; not worth it where there is but one.</summary>
    public bool IsKept { get; init; } = true;

    /// <summary>The stream's id in the log, for example <c>deal/1C1I7A6R</c>.</summary>
    public string NameOf(string id) => $"{Category}/{id}";

    public Timeline<TState, TEvent> EmptyTimeline(string id) => Timeline<TState, TEvent>.Empty(DeciderOf(id));
}

/// <summary>Every kind of stream that there is.</summary>
internal static class StreamKinds
{
    public static StreamKind<Deal, DealEvent> Deals { get; } = new("deal", _ => Deal.Decider);

    public static StreamKind<Lead, LeadEvent> Leads { get; } = new("lead", _ => Lead.Decider);

    public static StreamKind<Account, AccountEvent> Accounts { get; } = new("account", _ => Account.Decider);

    /// <summary>The people of an account, by the account's id.</summary>
    public static StreamKind<AccountContacts, ContactEvent> Contacts { get; } = new("contacts", _ => AccountContacts.Decider);

    public static StreamKind<Rep, RepEvent> Reps { get; } = new("rep", _ => Rep.Decider);

    public static StreamKind<Product, ProductEvent> Products { get; } = new("product", _ => Product.Decider);

    public static StreamKind<AccountAssignments, AssignmentEvent> Assignments { get; } =
        new("assignment", _ => AccountAssignments.Decider);

    public static StreamKind<AssignmentDecision, DecisionEvent> Decisions { get; } =
        new("decision", _ => AssignmentDecision.Decider) { IsKept = false };

    public static StreamKind<WeightSetting, WeightEvent> Weights { get; } =
        new("assignment-settings", _ => WeightSetting.Decider);
    public static StreamKind<Quota, QuotaEvent> Quotas { get; } = new("quota", _ => Quota.Decider);

    /// <summary>By holder: what no two quotas of one may have in common is decided there.</summary>
    public static StreamKind<QuotaBook, QuotaBookEvent> QuotaBooks { get; } = new("quota-book", _ => QuotaBook.Decider);

    public static StreamKind<QuotaSetting, QuotaSettingEvent> QuotaSettings { get; } =
        new("quota-settings", _ => QuotaSetting.Decider);

    public static StreamKind<Contract, ContractEvent> Contracts { get; } = new("contract", _ => Contract.Decider);

    public static StreamKind<ContractTemplate, ContractTemplateEvent> ContractTemplates { get; } =
        new("contract-template", _ => ContractTemplate.Decider);

    /// <summary>By rep and period, as <see cref="ForecastStream.NameOf"/> has it.</summary>
    public static StreamKind<Forecast, ForecastEvent> Forecasts { get; } = new("forecast", _ => Forecast.Decider);

    public static StreamKind<Cost, CostEvent> Costs { get; } = new("cost", _ => Cost.Decider);

    public static StreamKind<Metric, MetricEvent> Metrics { get; } = new("metric", _ => Metric.Decider);

    public static StreamKind<Pipeline, PipelineEvent> Pipelines { get; } =
        new("pipeline", id => Pipeline.Decider(new PipelineId(id)));

    /// <summary>The one tree of a tenant; its id is <see cref="TerritoryTree.Id"/>.</summary>
    public static StreamKind<TerritoryTree, TerritoryTreeEvent> TerritoryTrees { get; } =
        new("territory-tree", _ => TerritoryTree.Decider);

    /// <summary>The staff of a territory, by the territory's id.</summary>
    public static StreamKind<TerritoryStaff, TerritoryStaffEvent> TerritoryStaff { get; } =
        new("territory", _ => Domain.Territories.TerritoryStaff.Decider);

    public static StreamKind<TerritoryModel, TerritoryModelEvent> TerritoryModels { get; } =
        new("territory-model", _ => TerritoryModel.Decider);

    /// <summary>By rep and origin period, with a slash between; long ones, of which each is used rarely.</summary>
    public static StreamKind<RepLedger, LedgerEvent> Ledgers { get; } = new("ledger", _ => RepLedger.Decider) { IsKept = false };

    /// <summary>By rep.</summary>
    public static StreamKind<RepCalculation, CalculationEvent> Calculations { get; } =
        new("calculation", _ => RepCalculation.Decider) { IsKept = false };

    /// <summary>The one stream of a tenant; its id is <see cref="Domain.Ledger.Books.Id"/>.</summary>
    public static StreamKind<Books, BooksEvent> Books { get; } = new("books", _ => Domain.Ledger.Books.Decider) { IsKept = false };

    /// <summary>By month, such as <c>2026-03</c>.</summary>
    public static StreamKind<AccountingPeriod, PeriodEvent> Periods { get; } =
        new("period", _ => AccountingPeriod.Decider) { IsKept = false };

    /// <summary>By what is asked for and its id, with a slash between.</summary>
    public static StreamKind<Approval, ApprovalEvent> Approvals { get; } = new("approval", _ => Approval.Decider);
    public static StreamKind<CompPlan, CompPlanEvent> CompPlans { get; } = new("plan", _ => CompPlan.Decider);

    /// <summary>By rep: which plans pay them, and what they accepted.</summary>
    public static StreamKind<RepPlans, RepPlanEvent> RepPlans { get; } = new("rep-plan", _ => Domain.Compensation.RepPlans.Decider);

    /// <summary>By pair of currencies; long, and folded only when rates are given or pay is calculated.</summary>
    public static StreamKind<RateBook, RateEvent> RateBooks { get; } = new("rate", _ => RateBook.Decider) { IsKept = false };
}
