using System.Collections.Frozen;
using Npgsql;
using SalesOps.Api.Streams;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Catalog;
using SalesOps.Domain.Contacts;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Costs;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Forecasts;
using SalesOps.Domain.Leads;
using SalesOps.Domain.Ledger;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Products;
using SalesOps.Domain.Quotas;
using SalesOps.Domain.Reps;
using SalesOps.Domain.Territories;
using SalesOps.Store;

namespace SalesOps.Api.Facts;

/// <summary>
/// Keeps the bitemporal facts behind every question about the past. A page touches only the streams that have events in
/// it: what they change is worked out from their whole history, kept from the page before or read again, so it doesn't
/// matter how the log was cut into pages.
/// </summary>
internal sealed class FactsProjection(EventStore store) : IProjection
{
    /// <summary>How many events are taken in before a rebuild writes what they make, table by table.</summary>
    private const int FillSize = 5_000;

    private static readonly FactKind[] Kinds =
    [
        new FactKind<Deal, DealEvent, DealFact>(StreamKinds.Deals, DealFact.Of, new DealFactTable()),
        new ActivityFactKind(),
        new FactKind<Rep, RepEvent, RepFact>(StreamKinds.Reps, RepFact.Of, new RepFactTable()),
        new FactKind<Lead, LeadEvent, LeadFact>(StreamKinds.Leads, LeadFact.Of, new LeadFactTable()),
        new FactKind<Account, AccountEvent, AccountFact>(
            StreamKinds.Accounts, AccountFact.Of, new AccountFactTable()),
        new FactKind<AccountContacts, ContactEvent, ContactFact>(
            StreamKinds.Contacts, ContactFact.Of, new ContactFactTable()),
        new FactKind<Product, ProductEvent, ProductFact>(
            StreamKinds.Products, ProductFact.Of, new ProductFactTable()),
        new FactKind<Contract, ContractEvent, ContractFact>(
            StreamKinds.Contracts, ContractFact.Of, new ContractFactTable()),
        new FactKind<ContractTemplate, ContractTemplateEvent, ContractTemplateFact>(
            StreamKinds.ContractTemplates, ContractTemplateFact.Of, new ContractTemplateFactTable()),
        new FactKind<Pipeline, PipelineEvent, PipelineFact>(
            StreamKinds.Pipelines, PipelineFact.Of, new StageFactTable()),
        new FactKind<AccountAssignments, AssignmentEvent, AssignmentFact>(
            StreamKinds.Assignments, AssignmentFact.Of, new AssignmentFactTable()),
        new FactKind<Quota, QuotaEvent, QuotaFact>(StreamKinds.Quotas, QuotaFact.Of, new QuotaFactTable()),
        new FactKind<Forecast, ForecastEvent, ForecastFact>(
            StreamKinds.Forecasts, ForecastFact.Of, new ForecastFactTable()),
        new FactKind<Cost, CostEvent, CostFact>(StreamKinds.Costs, CostFact.Of, new CostFactTable()),
        new FactKind<Metric, MetricEvent, MetricFact>(StreamKinds.Metrics, MetricFact.Of, new MetricFactTable()),
        new TerritoryFactKind(),
        new FactKind<TerritoryStaff, TerritoryStaffEvent, TerritoryStaffFact>(
            StreamKinds.TerritoryStaff, TerritoryStaffFact.Of, new TerritoryStaffFactTable()),
        new FactKind<TerritoryModel, TerritoryModelEvent, TerritoryModelFact>(
            StreamKinds.TerritoryModels, TerritoryModelFact.Of, new TerritoryModelFactTable()),
        new LedgerFactKind(),
        new FactKind<AccountingPeriod, PeriodEvent, PeriodFact>(StreamKinds.Periods, PeriodFact.Of, new PeriodFactTable()),
        new FactKind<Approval, ApprovalEvent, ApprovalFact>(StreamKinds.Approvals, ApprovalFact.Of, new ApprovalFactTable()),
        new FactKind<RepCalculation, CalculationEvent, CalculationFact>(
            StreamKinds.Calculations, CalculationFact.Of, new CalculationFactTable()),
    ];

    private static readonly FrozenDictionary<string, FactKind[]> KindsByCategory = Kinds
        .GroupBy(kind => kind.Category, StringComparer.Ordinal)
        .ToFrozenDictionary(kinds => kinds.Key, kinds => kinds.ToArray(), StringComparer.Ordinal);

    private KeptHistories? _kept;

    public string Name => "facts";

    public int Version => 4;

    public static IReadOnlyList<string> AllTables { get; } = [.. Kinds.Select(kind => kind.Table).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Tables => AllTables;

    public async Task ApplyAsync(
        IReadOnlyList<RecordedEvent> page, string suffix, NpgsqlConnection connection, CancellationToken cancellation)
    {
        // Taken out while in use: what fails on the way, or meets another user, goes on without.
        var kept = Interlocked.Exchange(ref _kept, null);
        if (kept is null || !await kept.FollowsAsync(page, connection, cancellation))
        {
            kept = new KeptHistories();
        }

        var since = page[0];
        foreach (var tenant in page.GroupBy(recorded => recorded.Tenant, StringComparer.Ordinal))
        {
            var touched = tenant.GroupBy(recorded => recorded.Stream, StringComparer.Ordinal)
                .Where(stream => KindsByCategory.ContainsKey(CategoryOf(stream.Key))).ToArray();
            var unknown = touched
                .Where(stream => stream.First().Version is > 1 and var next
                    && (stream.Any(IsErasure) || kept.Find<object>(tenant.Key, stream.Key, next - 1) is null))
                .Select(stream => stream.Key).ToArray();
            var whole = unknown is []
                ? new Dictionary<string, IReadOnlyList<RecordedEvent>>(StringComparer.Ordinal)
                : await store.ReadStreamsAsync(connection, tenant.Key, unknown, cancellation);
            // Rows of a stream in which somebody was erased hold what its events no longer say: they are all written again.
            // Where it was after this page, the events of before read as erased already.
            var erased = touched
                .Where(stream => stream.Any(IsErasure) || whole.GetValueOrDefault(stream.Key, []).Any(IsErasure))
                .ToArray();
            foreach (var stream in erased)
            {
                kept.Forget(tenant.Key, stream.Key);
                await RewriteAsync(
                    [
                        .. whole.GetValueOrDefault(stream.Key, []).Where(recorded => recorded.Position < since.Position),
                        .. stream,
                    ],
                    suffix, connection, cancellation);
            }

            foreach (var streams in touched.Except(erased).GroupBy(stream => CategoryOf(stream.Key), StringComparer.Ordinal))
            {
                IReadOnlyList<RecordedEvent>[] events =
                [
                    .. streams.Select(stream => (IReadOnlyList<RecordedEvent>)
                    [
                        .. whole.GetValueOrDefault(stream.Key, []).Where(recorded => recorded.Position < since.Position),
                        .. stream,
                    ]),
                ];
                foreach (var kind in KindsByCategory[streams.Key])
                {
                    await kind.ApplyAsync(events, kept, since.RecordedAt, suffix, connection, cancellation);
                }
            }
        }

        kept.Passed(page);
        Volatile.Write(ref _kept, kept);
    }

    public async Task FillAsync(
        IAsyncEnumerable<IReadOnlyList<RecordedEvent>> streams, string suffix, NpgsqlConnection connection,
        CancellationToken cancellation)
    {
        var (read, events, category) = (new List<IReadOnlyList<RecordedEvent>>(), 0, string.Empty);
        await foreach (var stream in streams.WithCancellation(cancellation))
        {
            if (events >= FillSize || CategoryOf(stream[0].Stream) != category)
            {
                await WriteAsync();
                category = CategoryOf(stream[0].Stream);
            }

            read.Add(stream);
            events += stream.Count;
        }

        await WriteAsync();

        async Task WriteAsync()
        {
            foreach (var kind in KindsByCategory.GetValueOrDefault(category, []))
            {
                await using var copy = await kind.BeginCopyAsync(suffix, connection, cancellation);
                read.ForEach(stream => kind.Write(copy, stream));
                await copy.CompleteAsync(cancellation);
            }

            read.Clear();
            events = 0;
        }
    }

    private static async Task RewriteAsync(
        IReadOnlyList<RecordedEvent> stream, string suffix, NpgsqlConnection connection, CancellationToken cancellation)
    {
        foreach (var kind in KindsByCategory[CategoryOf(stream[0].Stream)])
        {
            await kind.DeleteAsync(stream[0].Tenant, stream[0].Stream, suffix, connection, cancellation);
            await using var copy = await kind.BeginCopyAsync(suffix, connection, cancellation);
            kind.Write(copy, stream);
            await copy.CompleteAsync(cancellation);
        }
    }

    private static bool IsErasure(RecordedEvent recorded) => recorded.Type == RecordedEvent.SubjectErased;

    private static string CategoryOf(string stream) => stream.Split('/', 2)[0];
}
