using System.Diagnostics;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;
using SalesOps.Domain.Contacts;
using SalesOps.Domain.Deals;
using SalesOps.Domain.Leads;
using SalesOps.Domain.Pipelines;
using SalesOps.Domain.Products;
using SalesOps.Domain.Reps;
using SalesOps.Store;

namespace SalesOps.Api.Imports;

/// <summary>
/// Decides rows by the same rules as the single calls, each on what is recorded and what the rows before it have decided.
/// </summary>
internal sealed class ImportDecisions(EventStore store, ImportScope scope)
{
    private readonly Dictionary<string, StreamDraft> drafts = new(StringComparer.Ordinal);
    private readonly HashSet<string> consulted = new(StringComparer.Ordinal);

    /// <summary>What is to be recorded.</summary>
    public IReadOnlyList<StreamWrite> Writes =>
    [
        .. drafts.Values.Where(draft => draft.Pending is not [])
            .Select(draft => new StreamWrite(draft.Stream, draft.RecordedVersion, draft.Pending)),
    ];

    /// <summary>What was decided by and is not written: pipelines, managers, the accounts of contacts.</summary>
    public IReadOnlyList<Guard> Guards =>
    [
        .. drafts.Values
            .Where(draft => draft.Pending is []
                && (draft is StreamDraft<Pipeline, PipelineEvent> || consulted.Contains(draft.Stream)))
            .Select(draft => new Guard(draft.Stream, draft.RecordedVersion)),
    ];

    /// <summary>Reads the streams that the rows write, and those that they are decided by.</summary>
    public async Task LoadAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancellation)
    {
        var steps = rows.SelectMany(row => row.Steps).ToArray();
        var opened = steps.Where(step => step.Command is OpenDeal);
        await LoadAsync(
            steps.Select(step => step.Stream).Concat(opened.Select(step => PipelineStream(step.Pipeline)))
                .Concat(steps.Where(step => step.Command is NoteContact).Select(step => StreamKinds.Accounts.NameOf(step.Id))),
            cancellation);
        await LoadAsync(
            steps.Select(step => drafts[step.Stream]).OfType<StreamDraft<Deal, DealEvent>>()
                .Where(deal => deal.Exists).Select(deal => PipelineStream(deal.Timeline.Latest.PipelineId)),
            cancellation);
        await LoadManagersAsync(
            [
                .. steps.Where(step => step.Command is RegisterRep).SelectMany(step => (RepId?[])
                    [new(step.Id), ((RegisterRep)step.Command).Profile.ManagerId]),
            ],
            cancellation);
    }

    /// <summary>Reads reps and everybody who stands, or ever stood, above them, level by level.</summary>
    private async Task LoadManagersAsync(IReadOnlyList<RepId?> reps, CancellationToken cancellation)
    {
        var visited = new HashSet<RepId>();
        for (var level = 0; level <= ReportingLine.LevelsMax; level++)
        {
            var next = reps.OfType<RepId>().Where(visited.Add).ToArray();
            if (next is [])
            {
                return;
            }

            await LoadAsync(next.Select(RepStream), cancellation);
            reps =
            [
                .. next.Select(rep => (StreamDraft<Rep, RepEvent>)drafts[RepStream(rep)])
                    .SelectMany(rep => rep.Timeline.StatesKnownAt(DateTimeOffset.MaxValue))
                    .Select(known => known.State.Profile?.ManagerId),
            ];
        }
    }

    /// <summary>Decides a row as a whole: what it changes counts only if none of its steps is refused.</summary>
    public RowResult Decide(ImportRow row)
    {
        var before = new Dictionary<string, StreamDraft>(StringComparer.Ordinal);
        var isNew = false;
        foreach (var step in row.Steps.SelectMany(Restated))
        {
            before.TryAdd(step.Stream, drafts[step.Stream]);
            var (rejection, isStepNew) = Decide(step, row.IsImplied);
            isNew |= isStepNew;
            if (rejection is not null)
            {
                foreach (var (stream, draft) in before)
                {
                    drafts[stream] = draft;
                }

                return RowResult.Failed(row, RowProblem.Of(rejection, row.Line));
            }
        }

        return isNew ? RowResult.Created(row) : RowResult.Unchanged(row);
    }

    /// <summary>The opening of a deal that is known already, told with what has changed since: only those changes.</summary>
    private IEnumerable<ImportStep> Restated(ImportStep step)
    {
        if (step is not { Command: OpenDeal opening, ModifiedAt: { } modified, EffectiveAt: { } at }
            || drafts[step.Stream] is not StreamDraft<Deal, DealEvent> { Timeline: { Exists: true, Latest: var deal } }
            || deal.OpenedAt != at || deal.PipelineId != step.Pipeline
            || (opening.Amount, opening.ExpectedClose, opening.Stage ?? deal.Opening!.Stage)
                != (deal.Opening!.Amount, deal.Opening.ExpectedClose, deal.Opening.Stage)
            || (opening.Name, opening.AccountId, opening.OwnerId) == (deal.Opening.Name, deal.Opening.AccountId, deal.Opening.OwnerId))
        {
            return [step];
        }

        object?[] changes =
        [
            opening.Name != deal.Name ? new RenameDeal(opening.Name) : null,
            opening.AccountId is { } account && account != deal.AccountId ? new ChangeAccount(account) : null,
            opening.OwnerId is { } owner && owner != deal.OwnerId ? new ChangeOwner(owner) : null,
        ];
        return changes.OfType<object>()
            .Select(change => step with { Command = change, EffectiveAt = modified, SourceRecordedAt = modified, Key = null });
    }

    private (Rejection? Rejection, bool IsNew) Decide(ImportStep step, bool onlyIfNew)
    {
        var draft = drafts[step.Stream];
        var id = StepIdentity.EventId(scope.Tenant, scope.Source, step);
        if (draft.VersionOf(id) is > 0 and var version)
        {
            // Several rows may state the same fact: for all of them it is new if this import recorded it.
            return (null, version > draft.RecordedVersion);
        }

        if (onlyIfNew && draft.Exists && step.Command is not EnsureStages)
        {
            return (null, false);
        }

        var at = step.EffectiveAt ?? scope.ImportedAt;
        return draft switch
        {
            StreamDraft<Deal, DealEvent> deal when step.Command is CorrectClosing correction => Correct(deal, correction, step, id, at),
            StreamDraft<Deal, DealEvent> deal => Record(deal, deal.Timeline.Decide(at, state => Decide(state, step, at)), step, id, at),
            StreamDraft<Account, AccountEvent> account => Record(
                account, account.Timeline.Decide(at, state => RegisterAccount.Decide(state, (RegisterAccount)step.Command)), step, id, at),
            StreamDraft<Rep, RepEvent> rep => Record(
                rep,
                WithoutCircle(
                    rep, rep.Timeline.Decide(at, state => RegisterRep.Decide(state, (RegisterRep)step.Command)), step, id, at),
                step, id, at),
            StreamDraft<Lead, LeadEvent> lead => Record(
                lead, lead.Timeline.Decide(at, state => Decide(state, step)), step, id, at),
            StreamDraft<AccountContacts, ContactEvent> contacts => Record(
                contacts, contacts.Timeline.Decide(at, state => Decide(state, step)), step, id, at),
            StreamDraft<Product, ProductEvent> product => Record(
                product, product.Timeline.Decide(at, state => RegisterProduct.Decide(state, (RegisterProduct)step.Command)), step, id, at),
            StreamDraft<Pipeline, PipelineEvent> pipeline => Record(
                pipeline,
                pipeline.Timeline.Decide(at, state => DefinePipeline.Decide(state, ((EnsureStages)step.Command).On(state))), step, id, at),
            _ => throw new UnreachableException(),
        };
    }

    private Decision<DealEvent> Decide(Deal state, ImportStep step, DateTimeOffset at) => step.Command switch
    {
        OpenDeal command => OpenDeal.Decide(state, PipelineAt(step.Pipeline, at), command),
        ChangeStage command => ChangeStage.Decide(state, PipelineAt(state.PipelineId, at), command),
        ChangeAmount command => ChangeAmount.Decide(state, command),
        ChangeCloseDate command => ChangeCloseDate.Decide(state, command),
        RenameDeal command => RenameDeal.Decide(state, command),
        ChangeAccount command => ChangeAccount.Decide(state, command),
        ChangeOwner command => ChangeOwner.Decide(state, command),
        ChangeForecastCategory command => ChangeForecastCategory.Decide(state, command),
        ChangeProducts command => ChangeProducts.Decide(state, command),
        WinDeal command => WinDeal.Decide(state, command),
        LoseDeal command => LoseDeal.Decide(state, command),
        ReopenDeal command => ReopenDeal.Decide(command),
        _ => throw new UnreachableException(),
    };

    private static Decision<LeadEvent> Decide(Lead state, ImportStep step) => step.Command switch
    {
        CaptureLead command => CaptureLead.Decide(state, command),
        QualifyLead command => QualifyLead.Decide(state, command),
        DisqualifyLead command => DisqualifyLead.Decide(state, command),
        RouteLead command => RouteLead.Decide(state, command),
        _ => throw new UnreachableException(),
    };

    private Decision<ContactEvent> Decide(AccountContacts state, ImportStep step)
    {
        var account = StreamKinds.Accounts.NameOf(step.Id);
        consulted.Add(account);
        return drafts[account].Exists
            ? NoteContact.Decide(state, (NoteContact)step.Command)
            : Rejection.NotFound("account", step.Id);
    }

    /// <summary>The decision, or its refusal where anybody would come to stand above themselves.</summary>
    private Decision<RepEvent> WithoutCircle(
        StreamDraft<Rep, RepEvent> rep, Decision<RepEvent> decision, ImportStep step, Guid id, DateTimeOffset at)
    {
        if (decision.Events is not [var registered])
        {
            return decision;
        }

        var line = new ReportingLine(new(step.Id), rep.With(registered, id, HeadersOf(step, at)).Timeline, at);
        while (line.Next is { } manager)
        {
            var stream = RepStream(manager);
            consulted.Add(stream);
            line.WalkOn(((StreamDraft<Rep, RepEvent>)drafts[stream]).Timeline);
        }

        return line.Refusal is { } refusal ? refusal : decision;
    }

    /// <summary>Takes back the win or loss that stands at the time, with the replacement in its place.</summary>
    private (Rejection? Rejection, bool IsNew) Correct(
        StreamDraft<Deal, DealEvent> deal, CorrectClosing correction, ImportStep step, Guid id, DateTimeOffset at)
    {
        var closing = deal.Timeline.Facts.LastOrDefault(fact =>
            fact is { Voided: null, Event: DealEvent.Won or DealEvent.Lost } && fact.EffectiveAt <= at);
        if (closing is null)
        {
            return (Rejection.Conflict("deal-open", "The deal is not closed, so its close cannot be corrected."), false);
        }

        if (deal.Timeline.RefuseCorrection(closing.Id, (at, correction.Replacement)) is { } refusal)
        {
            return (refusal, false);
        }

        drafts[deal.Stream] = deal.With(correction.Replacement, id, HeadersOf(step, at) with { Voids = [closing.Id] });
        return (null, true);
    }

    private (Rejection? Rejection, bool IsNew) Record<TState, TEvent>(
        StreamDraft<TState, TEvent> draft, Decision<TEvent> decision, ImportStep step, Guid id, DateTimeOffset at)
        where TEvent : class
    {
        if (decision.Events is [var @event])
        {
            drafts[draft.Stream] = draft.With(@event, id, HeadersOf(step, at));
            return (null, true);
        }

        return decision.Events is []
            ? (decision.Rejection, false)
            : throw new InvariantViolationException("A step of an import makes one event, for it has one id.");
    }

    private EventHeaders HeadersOf(ImportStep step, DateTimeOffset at) => new()
    {
        EffectiveAt = at,
        Actor = scope.Actor,
        IdempotencyKey = scope.IdempotencyKey,
        SourceRecordedAt = step.SourceRecordedAt,
    };

    private Pipeline PipelineAt(PipelineId id, DateTimeOffset at) =>
        ((StreamDraft<Pipeline, PipelineEvent>)drafts[PipelineStream(id)]).Timeline.At(at);

    private async Task LoadAsync(IEnumerable<string> streams, CancellationToken cancellation)
    {
        var missing = streams.Where(stream => !drafts.ContainsKey(stream)).Distinct(StringComparer.Ordinal).ToArray();
        if (missing is [])
        {
            return;
        }

        foreach (var (stream, events) in await store.ReadStreamsAsync(scope.Tenant, missing, cancellation))
        {
            drafts[stream] = StreamDraft.Load(stream, events);
        }
    }

    private static string RepStream(RepId id) => StreamKinds.Reps.NameOf(id.Value);

    private static string PipelineStream(PipelineId id) => StreamKinds.Pipelines.NameOf(id.Value);
}

/// <summary>For whom and when an import is decided, and under which key.</summary>
/// <param name="Source">The format or mapping that the rows were read by.</param>
/// <param name="ImportedAt">Where facts without a date take effect.</param>
internal sealed record ImportScope(string Tenant, string Source, string Actor, string? IdempotencyKey, DateTimeOffset ImportedAt);
