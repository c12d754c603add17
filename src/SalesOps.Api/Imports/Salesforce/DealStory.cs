using SalesOps.Domain;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Imports.Salesforce;

/// <summary>Turns the snapshots of one deal, in order, into what changed from each to the next.</summary>
internal sealed class DealStory(string id, OpenDeal opening, SalesforceStages stages)
{
    /// <summary>Salesforce has no field for it.</summary>
    private const string LossReason = "not recorded";

    private const string ReopenReason = "reopened in the source";

    private Outcome outcome;
    private DateOnly openedOn;
    private DateTimeOffset closedAt;
    private DateOnly? closedOn;
    private Money? amountWhenOpen;
    private Money? amount;
    private DateOnly? expectedClose;
    private StageKey? stage;
    private ForecastCategory? category;

    /// <summary>When the opportunity last changed, by its own row.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>The opening, by the first snapshot. A row of the opportunity itself states it too.</summary>
    /// <param name="isStageKnown">Else it opens in the first stage of the pipeline.</param>
    public ImportStep Open(Snapshot first, bool isStageKnown = true)
    {
        openedOn = first.At.Date;
        amount = first.Amount;
        if (stages.OutcomeOf(first) == Outcome.Open)
        {
            stage = isStageKnown ? SalesforceStages.KeyOf(first.StageName) : null;
            expectedClose = first.CloseDate?.Date;
        }

        return Step(
            opening with { Stage = stage, Amount = amount, ExpectedClose = expectedClose }, first.At.Start, first, key: null)
            with
        { ModifiedAt = ModifiedAt };
    }

    /// <summary>What else the first snapshot says, or what the next one changed.</summary>
    public IReadOnlyList<ImportStep> Continue(Snapshot next)
    {
        var at = next.At.Start;
        var then = stages.OutcomeOf(next);
        if (next.Amount is null && amount is not null)
        {
            next.Cells.Observe("amount-cleared", "Amount", "Amounts that were taken away again stayed as they were before.");
            next = next with { Amount = amount };
        }

        if (outcome != Outcome.Open && then == outcome)
        {
            return [.. Correct(next)];
        }

        var steps = new List<ImportStep>();
        if (outcome != Outcome.Open)
        {
            steps.Add(Step(new ReopenDeal(ReopenReason), at, next, next.Key));
        }

        outcome = then;
        steps.AddRange(then == Outcome.Open ? Change(next, at) : Close(next, at));
        return steps;
    }

    /// <summary>A close at another time than that of its snapshot, for an opportunity without history.</summary>
    public IReadOnlyList<ImportStep> CloseAt(Snapshot current, DateTimeOffset at)
    {
        outcome = stages.OutcomeOf(current);
        return [.. Close(current, at)];
    }

    private IEnumerable<ImportStep> Change(Snapshot next, DateTimeOffset at)
    {
        var key = SalesforceStages.KeyOf(next.StageName);
        if (key != stage)
        {
            stage = key;
            yield return Step(new ChangeStage(key), at, next, next.Key);
        }

        if (next.Amount is { } money && money != amount)
        {
            amount = money;
            yield return Step(new ChangeAmount(money), at, next, next.Key);
        }

        if (next.CloseDate is { Date: var date } && date != expectedClose)
        {
            expectedClose = date;
            yield return Step(new ChangeCloseDate(date), at, next, next.Key);
        }

        // A deal goes by the category of its stage until it has one of its own.
        if (next.Category is { } own && own is not ForecastCategory.Closed && own != (category ?? stages.CategoryOf(key)))
        {
            category = own;
            yield return Step(new ChangeForecastCategory(own), at, next, next.Key);
        }
    }

    private IEnumerable<ImportStep> Close(Snapshot next, DateTimeOffset at)
    {
        closedAt = at;
        closedOn = next.CloseDate?.Date ?? next.At.Date;
        if (closedOn < openedOn)
        {
            next.Cells.Observe(
                "closed-before-created", "CloseDate", "Close dates before the creation were kept; such deals have no cycle.");
        }

        amountWhenOpen = amount;
        var changed = next.Amount == amount ? null : next.Amount;
        amount = next.Amount;
        if (outcome == Outcome.Won)
        {
            yield return Step(new WinDeal(closedOn.Value, changed), at, next, next.Key);
            yield break;
        }

        if (changed is { } money)
        {
            amountWhenOpen = money;
            yield return Step(new ChangeAmount(money), at, next, next.Key);
        }

        yield return Step(new LoseDeal(closedOn.Value, LossReason, null), at, next, next.Key);
    }

    /// <summary>A closed deal no longer moves: what changes after the close was known wrongly before.</summary>
    private IEnumerable<ImportStep> Correct(Snapshot next)
    {
        var on = next.CloseDate?.Date ?? closedOn!.Value;
        if (on == closedOn && next.Amount == amount)
        {
            yield break;
        }

        var isAnotherAmount = next.Amount != amount;
        (closedOn, amount) = (on, next.Amount);
        if (outcome == Outcome.Won)
        {
            var won = new DealEvent.Won(on, amount == amountWhenOpen ? null : amount);
            yield return Step(new CorrectClosing(won), closedAt, next, next.Key);
        }
        else if (isAnotherAmount)
        {
            // A loss has no amount of its own: the amount takes the place of the loss, and the loss comes again after it.
            amountWhenOpen = amount;
            yield return Step(new CorrectClosing(new DealEvent.AmountChanged(amount!.Value)), closedAt, next, next.Key);
            yield return Step(new LoseDeal(on, LossReason, null), closedAt, next, next.Key);
        }
        else
        {
            yield return Step(new CorrectClosing(new DealEvent.Lost(on, LossReason)), closedAt, next, next.Key);
        }
    }

    private ImportStep Step(object command, DateTimeOffset at, Snapshot said, string? key) => new("deal", id, command, at)
    {
        SourceRecordedAt = said.At.Start,
        Key = key,
        Pipeline = SalesforceStages.PipelineId,
    };
}
