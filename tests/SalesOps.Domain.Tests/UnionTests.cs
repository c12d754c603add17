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
using Xunit;
using static SalesOps.Domain.Tests.Examples;

namespace SalesOps.Domain.Tests;

/// <summary>What the compiler does not check of closed unions: that each case is catalogued, written down and folded.</summary>
public sealed class UnionTests
{
    private static readonly Type[] ThatChangeNoState = [typeof(DealEvent.ActivityLogged)];

    private static readonly IReadOnlyDictionary<Type, Func<object, bool>> Folds = new Dictionary<Type, Func<object, bool>>
    {
        [typeof(DealEvent)] = Changes(Deal.Decider, Opened(), Won(1)),
        [typeof(LeadEvent)] = Changes(Lead.Decider),
        [typeof(AccountEvent)] = Changes(Account.Decider, new AccountEvent.Registered(new("Acme"))),
        [typeof(ContactEvent)] = Changes(AccountContacts.Decider, new ContactEvent.Noted(new(new("kim"), "Kim"))),
        [typeof(ProductEvent)] = Changes(Product.Decider),
        [typeof(QuotaEvent)] = Changes(
            Quota.Decider,
            new QuotaEvent.Assigned(new(
                new(QuotaHolderKind.Rep, "ada"), "2026", Measure.Bookings, new(9_000_000, "USD"), Proration.Months))),
        [typeof(QuotaBookEvent)] = Changes(
            QuotaBook.Decider,
            new QuotaBookEvent.Entered(new("q1"), Measure.Bookings, new(2026, 1, 1), new(2026, 2, 1))),
        [typeof(RepEvent)] = Changes(
            Rep.Decider,
            new RepEvent.Registered(new("Ada", ManagerId: Ben, Team: "north")),
            new RepEvent.LeaveStarted(Date(2)),
            new RepEvent.OnboardingStarted("bootcamp", Date(3))),
        [typeof(ContractEvent)] = Changes(
            Contract.Decider,
            new ContractEvent.Drafted(new("acme"), new(new(2026, 1, 1), new(2026, 12, 31)), Usd(12_000), AutoRenew: true, NoticeDays: 60),
            new ContractEvent.Signed(new(2025, 12, 15)),
            new ContractEvent.Invoiced(new("i1"), new(2026, 1, 1), Usd(12_000)),
            new ContractEvent.Expired(new(2026, 12, 31))),
        [typeof(ContractTemplateEvent)] = Changes(ContractTemplate.Decider),
        [typeof(AssignmentEvent)] = Changes(
            AccountAssignments.Decider, new AssignmentEvent.Assigned(AssignmentRole.Owner, Cleo, "fits"),
            new AssignmentEvent.CoverBegun(AssignmentRole.Owner, Ben, "leave"),
            new AssignmentEvent.ConflictDeclared(Ada, "a tie")),
        [typeof(DecisionEvent)] = Changes(AssignmentDecision.Decider),
        [typeof(WeightEvent)] = Changes(WeightSetting.Decider),
        [typeof(PipelineEvent)] = Changes(Pipeline.Decider(Pipeline.DefaultId)),
        [typeof(TerritoryTreeEvent)] = Changes(
            TerritoryTree.Decider, new TerritoryTreeEvent.Defined(new(new("emea-north"), "EMEA North"))),
        [typeof(TerritoryStaffEvent)] = Changes(TerritoryStaff.Decider),
        [typeof(CostEvent)] = Changes(Cost.Decider),
        [typeof(MetricEvent)] = Changes(Metric.Decider),
        [typeof(ForecastEvent)] = Changes(
            Forecast.Decider,
            new ForecastEvent.Adjusted(
                AdjustmentSide.Owner, "ada", ForecastCategory.BestCase, Measure.Bookings, Usd(2), Usd(1), 1, "why")),
        [typeof(TerritoryModelEvent)] = Changes(TerritoryModel.Decider),
        [typeof(LedgerEvent)] = Changes(RepLedger.Decider),
        [typeof(CalculationEvent)] = Changes(RepCalculation.Decider, new CalculationEvent.Blocked("2026-03", "rate-missing", "No rate.")),
        [typeof(BooksEvent)] = Changes(Books.Decider),
        [typeof(PeriodEvent)] = Changes(AccountingPeriod.Decider),
        [typeof(ApprovalEvent)] = Changes(
            Approval.Decider, new ApprovalEvent.Requested(Ada, "2026-03", Date(31), "a prize", "ben", Usd(100))),
        [typeof(CompPlanEvent)] = Changes(CompPlan.Decider),
        [typeof(RepPlanEvent)] = Changes(RepPlans.Decider),
        [typeof(RateEvent)] = Changes(RateBook.Decider),
    };

    private static IEnumerable<Type> Unions => typeof(DealEvent).Assembly.GetTypes()
        .Where(type => type.IsAbstract && type.GetNestedTypes().Any(nested => nested.IsSubclassOf(type)));

    private static IEnumerable<Type> Cases => Unions.SelectMany(CasesOf);

    [Fact]
    public void Every_union_is_folded_by_a_state() => Assert.Equal(
        Unions.Select(union => union.Name).Order(StringComparer.Ordinal),
        Folds.Keys.Select(union => union.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_case_is_sealed_and_nothing_else_derives_from_a_union()
    {
        Assert.All(Cases, type => Assert.True(type.IsSealed, type.FullName));
        Assert.All(Unions, union => Assert.Equal(
            CasesOf(union).Count(), typeof(DealEvent).Assembly.GetTypes().Count(type => type.IsSubclassOf(union))));
        Assert.All(Unions, union => Assert.DoesNotContain(
            union.GetConstructors(), constructor => constructor.GetParameters() is []));
    }

    [Fact]
    public void Every_case_is_written_under_a_name_of_the_catalogue() => Assert.Equal(
        Cases.Append(typeof(FactVoided)).Append(typeof(SubjectErased)).Select(type => type.FullName).Order(StringComparer.Ordinal),
        EventCatalog.Entries.Where(entry => entry.IsCurrent).Select(entry => entry.Type.FullName).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_case_changes_the_state_unless_it_is_listed()
    {
        var unchanging = Golden.Newest.Select(golden => golden.Event)
            .Where(@event => @event is not (FactVoided or SubjectErased) && !Folds[@event.GetType().BaseType!](@event))
            .Select(@event => @event.GetType());
        Assert.Equal(ThatChangeNoState, unchanging);
    }

    private static IEnumerable<Type> CasesOf(Type union) => union.GetNestedTypes().Where(nested => nested.IsSubclassOf(union));

    /// <summary>Whether an event changes any of the states that a history runs through.</summary>
    private static Func<object, bool> Changes<TState, TEvent>(Decider<TState, TEvent> decider, params IReadOnlyList<TEvent> history)
        where TEvent : class
    {
        List<TState> states = [decider.Initial];
        states.AddRange(history.Select((_, count) => history.Take(count + 1).Aggregate(decider.Initial, Evolved)));
        return @event => states.Exists(state => !Equals(Evolved(state, (TEvent)@event), state));

        TState Evolved(TState state, TEvent @event) => decider.Evolve(state, new(Guid.Empty, 1, Day(1), Day(1), @event));
    }
}
