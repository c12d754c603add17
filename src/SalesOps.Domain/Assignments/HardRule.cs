namespace SalesOps.Domain.Assignments;

/// <summary>What excludes a rep whatever the score, in the order in which it is asked; the first that does is named.</summary>
public enum HardRule
{
    /// <summary>The rep has left the company.</summary>
    Departed,

    /// <summary>The rep is away.</summary>
    OnLeave,

    /// <summary>The rep works in no territory that the account lies in.</summary>
    Territory,

    /// <summary>The account asks for a language that the rep does not speak.</summary>
    Language,

    /// <summary>The account asks for a skill that the rep does not have.</summary>
    Skill,

    /// <summary>The rep must not serve this account.</summary>
    Conflict,

    /// <summary>The rep serves as many accounts as the capacity allows.</summary>
    Capacity,
}

/// <summary>The hard filters of RULES R27.</summary>
public static class HardRules
{
    /// <summary>The first rule that excludes the rep from the buyer; null where none does.</summary>
    /// <param name="openAccounts">How many accounts the rep serves when it is asked.</param>
    public static HardRule? Excluding(Buyer buyer, Candidate candidate, int openAccounts) => candidate switch
    {
        { Reach.Attendance: Attendance.Departed } => HardRule.Departed,
        { Reach.Attendance: Attendance.OnLeave } => HardRule.OnLeave,
        _ when buyer.Territories is [_, ..] territories && !territories.Any(item => candidate.Reach.Territories.Has(item)) =>
            HardRule.Territory,
        _ when !(buyer.Languages ?? []).All(item => candidate.Reach.Languages.Has(item)) => HardRule.Language,
        _ when !(buyer.Skills ?? []).All(item => candidate.Reach.Skills.Has(item)) => HardRule.Skill,
        _ when candidate.Reach.Conflicts.Has(buyer.Id) => HardRule.Conflict,
        _ when openAccounts >= candidate.Load?.Capacity => HardRule.Capacity,
        _ => null,
    };

    /// <summary>The rep with no more than what the rule asks about, so that asked again it excludes the rep again.</summary>
    public static Candidate ReducedTo(this Candidate candidate, HardRule rule) => rule switch
    {
        HardRule.Departed or HardRule.OnLeave => new(candidate.RepId, new(candidate.Reach.Attendance)),
        HardRule.Territory =>
            new(candidate.RepId, new(candidate.Reach.Attendance, Territories: candidate.Reach.Territories)),
        HardRule.Capacity => candidate with { Record = null },
        _ => candidate with { Load = null, Record = null },
    };

    /// <summary>Names are written by people: case does not tell them apart.</summary>
    private static bool Has(this ValueList<string>? list, string wanted) =>
        list is { } items && items.Contains(wanted, StringComparer.OrdinalIgnoreCase);
}
