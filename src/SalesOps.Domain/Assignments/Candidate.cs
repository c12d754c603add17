namespace SalesOps.Domain.Assignments;

/// <summary>What a decision knows of a rep, at one instant and by one state of knowledge.</summary>
/// <param name="Load">Absent where nobody needs to know: the reach alone excludes the rep.</param>
/// <param name="Record">Absent likewise, and for a rep who has won nothing.</param>
public sealed record Candidate(RepId RepId, Reach Reach, Workload? Load = null, TrackRecord? Record = null);

/// <summary>Whether a rep is there at the time.</summary>
public enum Attendance
{
    Present,

    /// <summary>Away for a while.</summary>
    OnLeave,

    /// <summary>Has left the company.</summary>
    Departed,
}

/// <summary>Whom a rep can serve at all. Absent is none.</summary>
/// <param name="Territories">Those that the rep works in.</param>
/// <param name="Conflicts">The accounts that the rep must not serve.</param>
public sealed record Reach(
    Attendance Attendance,
    ValueList<string>? Territories = null,
    ValueList<string>? Languages = null,
    ValueList<string>? Skills = null,
    ValueList<string>? Conflicts = null);

/// <summary>How much a rep has to do.</summary>
/// <param name="OpenAccounts">The accounts, and leads, that are assigned to the rep or that the rep covers.</param>
/// <param name="RecentlyAssigned">
/// Those that were assigned within <see cref="Routing.FairnessDays"/> days; routing is fair over them.
/// </param>
/// <param name="Capacity">How many the rep can serve; absent where nobody said so, and then there is no limit.</param>
/// <param name="Quota">Of the period in which the decision falls.</param>
/// <param name="Pipeline">What is credited to the rep and open, or won in that period; in the currency of the quota.</param>
/// <param name="LastAssignedAt">When something was last assigned to the rep; absent for never.</param>
public sealed record Workload(
    int OpenAccounts,
    int RecentlyAssigned,
    int? Capacity = null,
    Money? Quota = null,
    Money? Pipeline = null,
    DateTimeOffset? LastAssignedAt = null);

/// <summary>What a rep has done: won deals, all of them and by what their accounts were like.</summary>
/// <param name="Won">All.</param>
/// <param name="Segments">Those with accounts of a segment.</param>
/// <param name="Industries">Those with accounts of an industry.</param>
/// <param name="BuyingProcesses">Those with accounts that buy in a certain way.</param>
/// <param name="Buyers">Those with an account itself.</param>
/// <param name="Contacts">The people of an account that the rep has dealt with.</param>
public sealed record TrackRecord(
    int Won,
    ValueList<Tally>? Segments = null,
    ValueList<Tally>? Industries = null,
    ValueList<Tally>? BuyingProcesses = null,
    ValueList<Tally>? Buyers = null,
    ValueList<Tally>? Contacts = null)
{
    public static TrackRecord None { get; } = new(0);
}

/// <summary>How many there are of a kind.</summary>
public sealed record Tally(string Key, int Count);
