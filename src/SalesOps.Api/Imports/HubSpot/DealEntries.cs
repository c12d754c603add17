using SalesOps.Api.Imports.Csv;
using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Imports.HubSpot;

/// <summary>That a deal came into a stage.</summary>
/// <param name="Time">When; null where the export does not tell.</param>
internal sealed record StageEntered(string Stage, ImportTime? Time)
{
    public HubSpotOutcome Outcome => HubSpotPipeline.OutcomeOf(Stage);
}

/// <summary>Turns the stages that one deal came into, in order, into what happened to it.</summary>
internal sealed class DealEntries(CsvCells cells, HubSpotPipeline pipeline, string id)
{
    private const string ReopenReason = "reopened in the source";

    /// <summary>An export tells of the creation to the minute, of stages to the second.</summary>
    private static readonly TimeSpan SameMinute = TimeSpan.FromMinutes(1);

    private readonly List<ImportStep> steps = [];
    private DateOnly? openedOn;

    /// <summary>What the deal is worth when it is exported: of a closed deal, what it was closed with.</summary>
    public Money? Amount { get; init; }

    /// <summary>When a closed deal was closed, or when an open one is expected to.</summary>
    public ImportTime? CloseDate { get; init; }

    public required string LossReason { get; init; }

    public IReadOnlyList<ImportStep> Steps(OpenDeal opening, ImportTime? created, IReadOnlyList<StageEntered> entries, string stage)
    {
        var all = WithCurrent(entries, new StageEntered(stage, null));
        var first = all[0];
        var isFirstKnown = first.Outcome == HubSpotOutcome.Open
            && (created is null || first.Time is null || first.Time.Value.Start < created.Value.Start + SameMinute);
        if (!isFirstKnown)
        {
            cells.Observe("stage-unknown", "Deal Stage", "Deals whose first stage is not told open in the first stage of the pipeline.");
        }

        var opened = Earlier(created, first.Time);
        openedOn = opened?.Date;
        var isOpen = all[^1].Outcome == HubSpotOutcome.Open;
        Add(
            opening with
            {
                Stage = isFirstKnown ? HubSpotPipeline.KeyOf(first.Stage) : null,
                Amount = isOpen ? Amount : null,
                ExpectedClose = isOpen ? CloseDate?.Date : null,
            },
            opened?.Start);
        var isClosed = false;
        foreach (var entered in isFirstKnown ? all.Skip(1) : all)
        {
            if (isClosed)
            {
                Add(new ReopenDeal(ReopenReason), entered.Time?.Start);
            }

            isClosed = entered.Outcome != HubSpotOutcome.Open;
            if (isClosed)
            {
                Close(entered, isFinal: entered == all[^1]);
            }
            else
            {
                Add(new ChangeStage(HubSpotPipeline.KeyOf(entered.Stage)), entered.Time?.Start);
            }
        }

        return steps;
    }

    /// <summary>
    /// The export may tell nothing of how the deal came to where it is: it was closed on its close date, or nobody knows.
    /// </summary>
    private IReadOnlyList<StageEntered> WithCurrent(IReadOnlyList<StageEntered> entries, StageEntered current)
    {
        if (entries is [.., var last] && HubSpotPipeline.KeyOf(last.Stage) == HubSpotPipeline.KeyOf(current.Stage))
        {
            return entries;
        }

        if (current.Outcome != HubSpotOutcome.Open && CloseDate is { } closed)
        {
            var isBeforeLast = entries is [.., { Time: { } before }] && before.Start > closed.End;
            return [.. entries, current with { Time = isBeforeLast ? entries[^1].Time : closed }];
        }

        if (entries is not [])
        {
            cells.Observe(
                "stage-undated", "Deal Stage", "Stages whose entry the export does not date take effect at the import's instant.");
        }

        return [.. entries, current];
    }

    private void Close(StageEntered entered, bool isFinal)
    {
        var on = isFinal && CloseDate is { } closed ? closed.Date : entered.Time?.Date;
        if (on is not { } closedOn)
        {
            cells.Missing("Close Date");
            return;
        }

        if (closedOn < openedOn)
        {
            cells.Observe("closed-before-created", "Close Date", "Close dates before the creation were kept; such deals have no cycle.");
        }

        // A close on a mere date is at its end, and never before the deal came to be.
        var at = entered.Time?.End;
        var opened = steps[0].EffectiveAt;
        at = at < opened ? opened : at;
        if (entered.Outcome == HubSpotOutcome.Won)
        {
            Add(new WinDeal(closedOn, isFinal ? Amount : null), at);
            return;
        }

        if (isFinal && Amount is { } amount)
        {
            Add(new ChangeAmount(amount), at);
        }

        Add(new LoseDeal(closedOn, LossReason, null), at);
    }

    private static ImportTime? Earlier(ImportTime? one, ImportTime? other) =>
        one is null || other?.Start < one.Value.Start ? other : one;

    private void Add(object command, DateTimeOffset? at) => steps.Add(new ImportStep("deal", id, command, at)
    {
        SourceRecordedAt = at,
        Pipeline = pipeline.Id,
    });
}
