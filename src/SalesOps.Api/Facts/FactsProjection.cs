using System.Collections.Frozen;
using Npgsql;
using SalesOps.Api.Streams;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Contacts;
using SalesOps.Domain.Contracts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Facts;
using SalesOps.Domain.Leads;
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
internal sealed class FactsProjection : IProjection
{
    private static readonly FrozenDictionary<string, FactKind> Kinds = new FactKind[]
    {
        new FactKind<Deal, DealEvent, DealFact>(StreamKinds.Deals, DealFact.Of, new DealFactTable()),
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
        new TerritoryFactKind(),
        new FactKind<TerritoryStaff, TerritoryStaffEvent, TerritoryStaffFact>(
            StreamKinds.TerritoryStaff, TerritoryStaffFact.Of, new TerritoryStaffFactTable()),
        new FactKind<TerritoryModel, TerritoryModelEvent, TerritoryModelFact>(
            StreamKinds.TerritoryModels, TerritoryModelFact.Of, new TerritoryModelFactTable()),
    }.ToFrozenDictionary(kind => kind.Category, StringComparer.Ordinal);

    private KeptHistories? _kept;

    public string Name => "facts";

    public int Version => 3;

    public IReadOnlyList<string> Tables { get; } = [.. Kinds.Values.Select(kind => kind.Table).Order(StringComparer.Ordinal)];

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
                .Where(stream => KindOf(stream.Key) is not null).ToArray();
            var unknown = touched
                .Where(stream => stream.First().Version is > 1 and var next
                    && kept.Find<object>(tenant.Key, stream.Key, next - 1) is null)
                .Select(stream => stream.Key).ToArray();
            var whole = unknown is []
                ? new Dictionary<string, IReadOnlyList<RecordedEvent>>(StringComparer.Ordinal)
                : await EventStore.ReadStreamsAsync(connection, tenant.Key, unknown, cancellation);
            foreach (var streams in touched.GroupBy(stream => KindOf(stream.Key)!))
            {
                await streams.Key.ApplyAsync(
                    [.. streams.Select(stream => (IReadOnlyList<RecordedEvent>)
                    [
                        .. whole.GetValueOrDefault(stream.Key, []).Where(recorded => recorded.Position < since.Position),
                        .. stream,
                    ])],
                    kept, since.RecordedAt, suffix, connection, cancellation);
            }
        }

        kept.Passed(page);
        Volatile.Write(ref _kept, kept);
    }

    public async Task FillAsync(
        IAsyncEnumerable<IReadOnlyList<RecordedEvent>> streams, string suffix, NpgsqlConnection connection,
        CancellationToken cancellation)
    {
        FactKind? copied = null;
        NpgsqlBinaryImporter? copy = null;
        try
        {
            await foreach (var stream in streams.WithCancellation(cancellation))
            {
                if (KindOf(stream[0].Stream) is not { } kind)
                {
                    continue;
                }

                if (kind != copied)
                {
                    await EndCopyAsync();
                    copy = await kind.BeginCopyAsync(suffix, connection, cancellation);
                    copied = kind;
                }

                kind.Write(copy!, stream);
            }

            await EndCopyAsync();
        }
        finally
        {
            if (copy is not null)
            {
                await copy.DisposeAsync();
            }
        }

        async Task EndCopyAsync()
        {
            if (copy is not null)
            {
                await copy.CompleteAsync(cancellation);
                await copy.DisposeAsync();
                copy = null;
            }
        }
    }

    private static FactKind? KindOf(string stream) => Kinds.GetValueOrDefault(stream.Split('/', 2)[0]);
}
