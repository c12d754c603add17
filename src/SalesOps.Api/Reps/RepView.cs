using SalesOps.Api.Http;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary>A rep as clients see it.</summary>
/// <param name="Leave">The leave that lasts.</param>
/// <param name="DepartedOn">The first day without the rep.</param>
internal sealed record RepView(
    string Id,
    long? Version,
    string Name,
    DateOnly? HiredOn,
    string? ManagerId,
    string? Team,
    string? Office,
    IReadOnlyList<string>? Skills,
    IReadOnlyList<string>? Languages,
    int? Capacity,
    IReadOnlyList<string>? Roles,
    RepPresence Presence,
    RepView.LeaveView? Leave,
    DateOnly? DepartedOn,
    string? DepartureReason,
    IReadOnlyList<RepView.OnboardingView> Onboarding,
    IReadOnlyList<RepView.TrainingView> Training,
    AsOfView? AsOf)
{
    public static RepView Of(string id, long version, Rep rep, RepProfile profile, AsOfView asOf) => new(
        id, version, profile.Name, profile.HiredOn, profile.ManagerId?.Value, profile.Team, profile.Office, profile.Skills,
        profile.Languages, profile.Capacity, profile.Roles, rep.Presence,
        rep.Leave is { } leave ? new(leave.From, leave.To, leave.Reason, leave.CoverRepId?.Value) : null,
        rep.DepartedOn, rep.DepartureReason,
        [.. rep.Onboardings.Select(one => new OnboardingView(one.Programme, one.StartedOn, one.CompletedOn))],
        [.. rep.Trainings.Select(one => new TrainingView(one.Name, one.CompletedOn, one.Score))],
        asOf);

    /// <param name="To">The first day back, as planned.</param>
    internal sealed record LeaveView(DateOnly From, DateOnly? To, string? Reason, string? CoverRepId);

    internal sealed record OnboardingView(string Programme, DateOnly StartedOn, DateOnly? CompletedOn);

    internal sealed record TrainingView(string Training, DateOnly CompletedOn, decimal? Score);
}
