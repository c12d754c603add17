namespace SalesOps.Domain.Forecasts;

/// <summary>Puts an absolute figure in the place of a rolled up one, or takes back the one that stands there.</summary>
/// <param name="Amount">Absent to take the adjustments of the side and category back.</param>
/// <param name="ManagerId">The direct manager at that time, on the manager's side.</param>
/// <param name="BaseOf">What the figure is without the adjustment, by currency.</param>
/// <param name="Position">How far the log was that the base was read from.</param>
public sealed record AdjustForecast(
    AdjustmentSide Side,
    string Author,
    RepId? ManagerId,
    ForecastCategory Category,
    Measure Measure,
    Money? Amount,
    string Reason,
    Func<string, Money> BaseOf,
    long Position)
{
    public static Decision<ForecastEvent> Decide(Forecast state, AdjustForecast command)
    {
        if ((ForecastRules.Category(command.Category)
            ?? ForecastRules.Measure(command.Measure)
            ?? MoneyRules.Check(command.Amount, "amount", "/amount")
            ?? InputRules.Text(command.Reason, "/reason")) is { } refusal)
        {
            return refusal;
        }

        if (command.Amount is not { } amount)
        {
            return state.Adjustments.Any(standing => (standing.Made.Side, standing.Made.Category) == (command.Side, command.Category))
                ? Decision<ForecastEvent>.Accept(new ForecastEvent.AdjustmentWithdrawn(
                    command.Side, command.Author, command.Category, command.Measure, command.Reason))
                : Decision<ForecastEvent>.Nothing;
        }

        var made = new ForecastEvent.Adjusted(
            command.Side, command.Author, command.Category, command.Measure, amount, command.BaseOf(amount.Currency),
            command.Position, command.Reason, command.ManagerId);
        return state.Find(command.Side, command.Category, amount.Currency)?.Made is { } standing
            && standing with { Position = made.Position } == made
                ? Decision<ForecastEvent>.Nothing
                : Decision<ForecastEvent>.Accept(made);
    }
}
