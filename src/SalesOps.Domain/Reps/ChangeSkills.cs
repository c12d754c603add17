namespace SalesOps.Domain.Reps;

/// <summary>Sets what a rep can do and speak; what is not named stays.</summary>
public sealed record ChangeSkills(IReadOnlyList<string>? Skills, IReadOnlyList<string>? Languages)
{
    public static Decision<RepEvent> Decide(Rep state, ChangeSkills command) => state.Profile switch
    {
        _ when InputRules.Words(command.Skills, "/skills") is { } badSkills => badSkills,
        _ when InputRules.Words(command.Languages, "/languages") is { } badLanguages => badLanguages,
        { } profile when profile == profile with
        {
            Skills = command.Skills ?? profile.Skills,
            Languages = command.Languages ?? profile.Languages,
        } => Decision<RepEvent>.Nothing,
        _ => Decision<RepEvent>.Accept(new RepEvent.SkillsChanged(command.Skills, command.Languages)),
    };
}
