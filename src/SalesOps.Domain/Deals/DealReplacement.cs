using SalesOps.Domain.Pipelines;

namespace SalesOps.Domain.Deals;

/// <summary>What may stand in the place of a deal's fact that is taken back: what a command would have decided then.</summary>
public static class DealReplacement
{
    /// <summary>Decides the fact anew by the state at its time, without the one it replaces.</summary>
    /// <param name="state">As if the replaced fact had not happened.</param>
    /// <param name="pipeline">The deal's, as in force at the time of the fact.</param>
    public static Decision<DealEvent> Decide(Deal state, DealEvent replacement, Pipeline pipeline) => replacement switch
    {
        DealEvent.Opened e => OpenDeal.Decide(
            state, pipeline, new(e.Name, e.Stage, e.AccountId, e.OwnerId, e.Amount, e.ExpectedClose, e.LeadId, e.Source)),
        DealEvent.StageChanged e => ChangeStage.Decide(state, pipeline, new(e.Stage, e.MetCriteria)),
        DealEvent.AmountChanged e => ChangeAmount.Decide(state, new(e.Amount)),
        DealEvent.CloseDateChanged e => ChangeCloseDate.Decide(state, new(e.ExpectedClose)),
        DealEvent.Renamed e => RenameDeal.Decide(state, new(e.Name)),
        DealEvent.AccountChanged e => ChangeAccount.Decide(state, new(e.AccountId)),
        DealEvent.OwnerChanged e => ChangeOwner.Decide(state, new(e.OwnerId)),
        DealEvent.ForecastCategoryChanged e => ChangeForecastCategory.Decide(state, new(e.Category)),
        DealEvent.SplitsChanged e => ChangeSplits.Decide(state, new(e.Splits)),
        DealEvent.ProductsChanged e => ChangeProducts.Decide(state, new(e.Lines)),
        DealEvent.ActivityLogged e => LogActivity.Decide(new(e.Kind, e.RepId, e.ContactId)),
        DealEvent.Won e => WinDeal.Decide(state, new(e.ClosedOn, e.Amount)),
        DealEvent.Lost e => LoseDeal.Decide(state, new(e.ClosedOn, e.Reason, e.Competitor)),
        DealEvent.Reopened e => ReopenDeal.Decide(new(e.Reason)),
        _ => Decision<DealEvent>.Nothing,
    };

    /// <summary>The pipeline that the decision needs: the one a replaced opening names, else the deal's.</summary>
    public static PipelineId PipelineOf(Deal state, DealEvent replacement) =>
        replacement is DealEvent.Opened opened ? opened.PipelineId : state.PipelineId;

    /// <summary>When the fact takes effect if nobody says: a close at the end of its day; else null.</summary>
    public static DateTimeOffset? NaturalTimeOf(DealEvent replacement, BusinessCalendar calendar) => replacement switch
    {
        DealEvent.Won e => calendar.EndOf(e.ClosedOn),
        DealEvent.Lost e => calendar.EndOf(e.ClosedOn),
        _ => null,
    };
}
