using SalesOps.Domain.Metrics;

namespace SalesOps.Domain.Forecasts;

/// <summary>What accuracy is grouped by.</summary>
public enum AccuracyGrouping
{
    /// <summary>Each rep's own call against what the rep's own deals brought.</summary>
    Rep,

    /// <summary>What a manager said of all below against what all of them brought.</summary>
    Manager,

    /// <summary>The calls of a team's reps, added up, against what all of the team brought.</summary>
    Team,

    /// <summary>Every submission of a category by itself, each against what its rep brought.</summary>
    Category,

    /// <summary>The system's models and the sum of all calls against what everybody brought.</summary>
    Model,
}

/// <summary>A forecast that is judged, in its group.</summary>
/// <param name="Owners">Whose deals it is about.</param>
public sealed record JudgedForecast(string Key, string Currency, ForecastPair Pair, IReadOnlyList<RepId?> Owners);

/// <summary>
/// Holds what was said of periods against what was won in them. Teams and managers are those of the instant up to which
/// what was said counts: whoever moves later takes neither forecast nor bookings along.
/// </summary>
/// <param name="by">Absent for all reps in one group.</param>
/// <param name="category">The submissions that are judged; absent for each rep's most serious one.</param>
/// <param name="baseline">What each is judged by besides.</param>
public sealed class AccuracyPairs(
    AccuracyGrouping? by, ForecastCategory? category, ForecastBaseline baseline, Bookings bookings, Organisation organisation)
{
    /// <summary>The key of the sum of all calls among those of the models.</summary>
    public const string Submitted = "submitted";

    /// <summary>Whether the deals of the past are needed: for the models themselves, or for a baseline that is one.</summary>
    public bool NeedsModels => by == AccuracyGrouping.Model || baseline == ForecastBaseline.ClosedPlusWeighted;

    /// <summary>The pairs of periods at a horizon.</summary>
    /// <param name="horizon">Days before the end of each period.</param>
    /// <param name="said">What stood then, by period.</param>
    /// <param name="models">As they knew then, in the order of the periods; absent where they aren't needed.</param>
    public IReadOnlyList<JudgedForecast> Of(
        IReadOnlyList<(string Key, Period Days)> periods, int horizon, ILookup<string, RepForecast> said,
        IReadOnlyList<KnownModels>? models, BusinessCalendar calendar) =>
    [
        .. periods.Index().SelectMany(one => Of(
            one.Item.Key, one.Item.Days, Horizon.InstantOf(one.Item.Days, horizon, calendar), [.. said[one.Item.Key]],
            models?[one.Index])),
    ];

    /// <summary>The pairs of one period.</summary>
    /// <param name="saidBy">Up to when what was said counts.</param>
    /// <param name="forecasts">As they stood then.</param>
    /// <param name="models">As they knew then; absent where they aren't needed.</param>
    public IEnumerable<JudgedForecast> Of(
        string period, Period days, DateTimeOffset saidBy, IReadOnlyList<RepForecast> forecasts, KnownModels? models)
    {
        var weighted = baseline == ForecastBaseline.ClosedPlusWeighted ? models?.ClosedPlusWeightedByOwner() : null;
        var before = PeriodKeys.Before(days, baseline);
        return Of(period, days, saidBy, forecasts)
            .Concat(by == AccuracyGrouping.Model && models is not null
                ? Of(period, days, Enum.GetValues<ForecastModel>().Select(models.Of))
                : [])
            .Select(judged => judged with
            {
                Pair = judged.Pair with
                {
                    Baseline = weighted is null
                        ? bookings.Baseline(judged.Owners, judged.Currency, before)
                        : judged.Owners.Sum(owner => weighted.GetValueOrDefault((owner, judged.Currency))),
                },
            });
    }

    private IEnumerable<JudgedForecast> Of(
        string period, Period days, DateTimeOffset saidBy, IReadOnlyList<RepForecast> forecasts)
    {
        return by switch
        {
            AccuracyGrouping.Manager => OfManagers(),
            AccuracyGrouping.Team => OfTeams(),
            AccuracyGrouping.Category => forecasts.SelectMany(rep => rep.Said.Submissions
                .Where(said => category is null || said.Said.Category == category)
                .Select(said => Judge(
                    EnumName<ForecastCategory>.Of(said.Said.Category), rep.OwnerId.Value, said.Said.Amount, [rep.OwnerId]))),
            AccuracyGrouping.Model => Calls().GroupBy(call => call.Amount.Currency).Select(calls => Judge(
                Submitted, Submitted, calls.Select(call => call.Amount).Aggregate((left, right) => left + right), Everybody(calls.Key))),
            _ => Calls().Select(call => Judge(
                by is null ? GroupKey.All : call.OwnerId.Value, call.OwnerId.Value, call.Amount, [call.OwnerId])),
        };

        IEnumerable<(RepId OwnerId, Money Amount)> Calls() =>
            from rep in forecasts
            from said in rep.Said.Submissions.GroupBy(said => said.Said.Amount.Currency)
            let call = ForecastCalls.Find([.. said], one => one.Said.Category, category)
            where call is not null
            select (rep.OwnerId, call.Said.Amount);

        IEnumerable<JudgedForecast> OfTeams()
        {
            var reps = organisation.At(saidBy);
            var teamOf = reps.ToDictionary(rep => rep.RepId, rep => rep.Rep.Team ?? GroupKey.None);
            return
                from call in Calls()
                group call by (Team: teamOf.GetValueOrDefault(call.OwnerId, GroupKey.None), call.Amount.Currency) into team
                let members = teamOf.Where(rep => rep.Value == team.Key.Team).Select(rep => rep.Key)
                    .Concat(team.Select(call => call.OwnerId)).Distinct().Select(id => (RepId?)id)
                select Judge(
                    team.Key.Team, team.Key.Team, new(team.Sum(call => call.Amount.Amount), team.Key.Currency), [.. members]);
        }

        IEnumerable<JudgedForecast> OfManagers()
        {
            var nodes = ForecastRollUp.Of(organisation.At(saidBy), forecasts, []);
            for (var index = 0; index < nodes.Count; index++)
            {
                var node = nodes[index];
                RepId?[] below = [.. nodes.Skip(index + 1).TakeWhile(other => other.Level > node.Level).Select(other => other.Id)];
                if (below is [] || node.Id is not { } manager)
                {
                    continue;
                }

                foreach (var figures in node.Figures.GroupBy(figure => figure.Currency))
                {
                    if (ForecastCalls.Find([.. figures], figure => figure.Category, category) is { } call)
                    {
                        yield return Judge(
                            manager.Value, manager.Value, new(call.OwnerView, call.Currency), [manager, .. below]);
                    }
                }
            }
        }

        JudgedForecast Judge(string key, string unit, Money forecast, IReadOnlyList<RepId?> owners) =>
            this.Judge(key, unit, period, days, forecast, owners);
    }

    /// <summary>What models said of one period.</summary>
    private IEnumerable<JudgedForecast> Of(string period, Period days, IEnumerable<ModelForecast> models) =>
        from said in models
        from one in said.Amounts
        let key = EnumName<ForecastModel>.Of(said.Model)
        select Judge(key, key, period, days, one.Amount, Everybody(one.Amount.Currency));

    private IReadOnlyList<RepId?> Everybody(string currency) =>
        [.. bookings.Owners.Where(owner => owner.Currency == currency).Select(owner => owner.OwnerId)];

    private JudgedForecast Judge(
        string key, string unit, string period, Period days, Money forecast, IReadOnlyList<RepId?> owners) => new(
            key, forecast.Currency, new(unit, period, forecast.Amount, bookings.Of(owners, forecast.Currency, days)), owners);
}
