namespace SalesOps.Domain.Reps;

/// <summary>Records that a rep has had a training.</summary>
/// <param name="Score">0 to 100, where one was given.</param>
public sealed record RecordTraining(string Training, DateOnly CompletedOn, decimal? Score)
{
    /// <param name="latest">The rep by all that is known.</param>
    public static Decision<RepEvent> Decide(Rep latest, RecordTraining command) => latest switch
    {
        _ when InputRules.Text(command.Training, "/training") is { } badTraining => badTraining,
        _ when InputRules.Date(command.CompletedOn, "/completedOn") is { } badDate => badDate,
        _ when RepRules.BeforeHire(latest, command.CompletedOn, "/completedOn") is { } tooEarly => tooEarly,
        _ when command.Score is < 0 or > 100 => Rejection.Invalid("score-range", "A score is between 0 and 100.", "/score"),
        _ when latest.Trainings.Contains(new(command.Training, command.CompletedOn, command.Score)) =>
            Decision<RepEvent>.Nothing,
        _ => Decision<RepEvent>.Accept(
            new RepEvent.TrainingCompleted(command.Training, command.CompletedOn, command.Score)),
    };
}
