using SalesOps.Domain.Facts;

namespace SalesOps.Domain.Forecasts;

/// <summary>How the system forecasts a period by itself.</summary>
public enum ForecastModel
{
    /// <summary>What was won, and what is open by the probability of its stage (RULES R1).</summary>
    ClosedPlusWeighted,

    /// <summary>What was won, and what is open by how deals of that stage and age have fared.</summary>
    StageAgeWinRate,

    /// <summary>What was won, and the pace of the last year over the days that are left, by the season.</summary>
    RunRate,

    /// <summary>What is open drawn deal by deal, many times.</summary>
    Simulation,
}

/// <summary>A forecast in one currency.</summary>
/// <param name="Amount">Rounded once; for a simulation the median.</param>
/// <param name="P10">What the period brings at least in nine of ten draws.</param>
/// <param name="P90">What it brings at most in nine of ten draws.</param>
public sealed record ModelAmount(Money Amount, Money? P10 = null, Money? P50 = null, Money? P90 = null);

/// <summary>What a model says of a period.</summary>
/// <param name="Amounts">By currency; empty where the model can say nothing.</param>
/// <param name="Reason">Why it can say nothing.</param>
/// <param name="Deals">How many open deals it goes by.</param>
/// <param name="Excluded">How many it has no rate for.</param>
public sealed record ModelForecast(ForecastModel Model, IReadOnlyList<ModelAmount> Amounts, string? Reason, int Deals, int Excluded);

/// <summary>The models: pure functions of what was known at an instant.</summary>
public static class ForecastModels
{
    /// <summary>The reason where nothing has closed that a model could learn from.</summary>
    public const string NoHistory = "no-history";

    /// <summary>The reason where the period has neither won nor open deals.</summary>
    public const string NoDeals = "no-deals";

    /// <param name="pipelineOf">The version of a pipeline that is in force at the instant.</param>
    public static ModelForecast Of(ForecastModel model, ModelKnowledge known, Func<PipelineId, PipelineFact?> pipelineOf)
    {
        var deals = Counted(known, pipelineOf);
        return model switch
        {
            ForecastModel.ClosedPlusWeighted => Weighted(needsHistory: false),
            ForecastModel.StageAgeWinRate => Weighted(needsHistory: true),
            ForecastModel.RunRate => RunRate(),
            _ => Simulated(),
        };

        ModelForecast Weighted(bool needsHistory)
        {
            if (needsHistory && !known.History.Any)
            {
                return Nothing(NoHistory);
            }

            var rated = deals.Select(deal => (deal.Amount, Rate: RateOf(model, deal, known, pipelineOf))).ToArray();
            return Said(
                rated.Count(deal => deal.Rate is null),
                currency => new(new Money(
                    known.ClosedIn(currency) + rated.Where(deal => deal.Amount.Currency == currency)
                        .Sum(deal => deal.Amount.Amount * (deal.Rate ?? 0)),
                    currency).Rounded()));
        }

        ModelForecast RunRate()
        {
            var amounts = known.Currencies
                .Select(currency => (Currency: currency, Amount: RunRateOf(known, currency)))
                .Where(said => said.Amount is not null)
                .Select(said => new ModelAmount(new Money(said.Amount!.Value, said.Currency).Rounded()))
                .ToArray();
            return amounts is [] ? Nothing(NoHistory) : new(model, amounts, null, 0, 0);
        }

        ModelForecast Simulated()
        {
            if (!known.History.Any)
            {
                return Nothing(NoHistory);
            }

            var rated = deals.Select(deal => (Deal: deal, Rate: RateOf(model, deal, known, pipelineOf))).ToArray();
            return Said(
                rated.Count(deal => deal.Rate is null),
                currency =>
                {
                    var draws = Simulation.Draw(
                        known.ClosedIn(currency),
                        rated.Where(deal => deal.Rate is not null && deal.Deal.Amount.Currency == currency)
                            .Select(deal => (deal.Deal.Id, deal.Deal.Amount.Amount, deal.Rate!.Value)));
                    return new(In(draws.P50), In(draws.P10), In(draws.P50), In(draws.P90));

                    Money In(decimal amount) => new Money(amount, currency).Rounded();
                });
        }

        ModelForecast Said(int excluded, Func<string, ModelAmount> amountOf)
        {
            string[] currencies =
            [
                .. known.Currencies.Where(currency =>
                    known.ClosedIn(currency) != 0 || deals.Any(deal => deal.Amount.Currency == currency)),
            ];
            return currencies is [] ? Nothing(NoDeals) : new(model, [.. currencies.Select(amountOf)], null, deals.Length, excluded);
        }

        ModelForecast Nothing(string reason) => new(model, [], reason, deals.Length, 0);
    }

    /// <summary>
    /// The probability that a model gives each open deal to be won in the period; empty where it has none, as a pace, and
    /// where it can say nothing.
    /// </summary>
    public static IEnumerable<(ExpectedDeal Deal, decimal Probability)> Probabilities(
        ForecastModel model, ModelKnowledge known, Func<PipelineId, PipelineFact?> pipelineOf) =>
        from deal in Counted(known, pipelineOf)
        let rate = RateOf(model, deal, known, pipelineOf)
        where rate is not null && (model == ForecastModel.ClosedPlusWeighted || known.History.Any)
        select (deal, rate.Value);

    private static ExpectedDeal[] Counted(ModelKnowledge known, Func<PipelineId, PipelineFact?> pipelineOf) =>
    [
        .. known.Expected.Where(deal => (deal.Category ?? StageOf(deal, pipelineOf)?.Category) != ForecastCategory.Omitted),
    ];

    private static StageFact? StageOf(ExpectedDeal deal, Func<PipelineId, PipelineFact?> pipelineOf) =>
        pipelineOf(deal.PipelineId)?.Stages.FirstOrDefault(stage => stage.Key == deal.Stage);

    private static decimal? RateOf(
        ForecastModel model, ExpectedDeal deal, ModelKnowledge known, Func<PipelineId, PipelineFact?> pipelineOf)
    {
        var historic = model is ForecastModel.StageAgeWinRate or ForecastModel.Simulation
            ? known.History.WinRate(deal.PipelineId, deal.Stage, deal.AgeDays).Value
            : null;
        return model is ForecastModel.ClosedPlusWeighted or ForecastModel.Simulation
            ? historic ?? StageOf(deal, pipelineOf)?.Probability
            : historic;
    }

    /// <summary>What was won in the period and what is open of it, weighted, by owner and currency: a baseline of reps.</summary>
    public static IReadOnlyDictionary<(RepId? OwnerId, string Currency), decimal> ClosedPlusWeightedByOwner(
        ModelKnowledge known, Func<PipelineId, PipelineFact?> pipelineOf)
    {
        var sums = new Dictionary<(RepId? OwnerId, string Currency), decimal>(known.WonInPeriod);
        foreach (var deal in Counted(known, pipelineOf))
        {
            var rate = RateOf(ForecastModel.ClosedPlusWeighted, deal, known, pipelineOf) ?? 0;
            var key = (deal.OwnerId, deal.Amount.Currency);
            sums[key] = sums.GetValueOrDefault(key) + (deal.Amount.Amount * rate);
        }

        return sums;
    }

    /// <summary>
    /// What was won in the period, and for each day that is left the daily pace of the last year (or of as much as there is,
    /// four weeks at least), both by the season of their months. Where nothing was won in that time there is no pace.
    /// </summary>
    private static decimal? RunRateOf(ModelKnowledge known, string currency)
    {
        const int shortest = 28;
        var won = known.Won.Where(entry => entry.Key.Currency == currency && entry.Key.On <= known.Today)
            .ToDictionary(entry => entry.Key.On, entry => entry.Value);
        if (won.Count == 0)
        {
            return null;
        }

        var first = won.Keys.Min();
        var from = first > known.Today.AddDays(-364) ? first : known.Today.AddDays(-364);
        var seasons = new Seasons(won, first, known.Today);
        var days = known.Today.DayNumber - from.DayNumber + 1;
        var weight = seasons.WeightOf(from, known.Today.AddDays(1));
        var recent = won.Where(entry => entry.Key >= from).Select(entry => entry.Value).ToArray();
        if (days < shortest || weight == 0 || (recent is [] && known.ClosedIn(currency) == 0))
        {
            return null;
        }

        var pace = recent.Sum() / weight;
        var next = known.Today.AddDays(1) > known.Period.From ? known.Today.AddDays(1) : known.Period.From;
        return known.ClosedIn(currency) + (pace * seasons.WeightOf(next, known.Period.To));
    }
}
