namespace SalesOps.Domain.Forecasts;

/// <summary>Says what a rep's own business of a category comes to in a period.</summary>
public sealed record SubmitForecast(ForecastCategory Category, Money Amount, string? Note)
{
    public static Decision<ForecastEvent> Decide(Forecast state, SubmitForecast command)
    {
        var said = new ForecastEvent.Submitted(command.Category, command.Amount, command.Note);
        return (ForecastRules.Category(command.Category)
            ?? MoneyRules.Check(command.Amount, "amount", "/amount")
            ?? InputRules.Text(command.Note, "/note")) is { } refusal ? refusal
            : state.Find(command.Category, command.Amount.Currency)?.Said == said ? Decision<ForecastEvent>.Nothing
            : Decision<ForecastEvent>.Accept(said);
    }
}
