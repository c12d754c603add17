using System.Security.Claims;
using SalesOps.Api.Http;

namespace SalesOps.Api.Access;

/// <summary>What somebody in a role may do, and on whose rows.</summary>
/// <param name="Name">As tokens name it.</param>
internal sealed record Role(string Name, Reach Reach, IReadOnlyList<string> Policies);

/// <summary>The roles that tokens may name. Whoever has several may do what any of them may, each within its own reach.</summary>
internal static class Roles
{
    /// <summary>The claim of a token that names them.</summary>
    public const string Claim = "roles";

    /// <summary>The claim that says how far a granted policy reaches: the policy, a colon and the reach.</summary>
    private const string ReachClaim = "reach";

    /// <summary>Works deals of its own.</summary>
    public static Role Rep { get; } = new("rep", Reach.Own,
    [
        Policies.ReadPipeline, Policies.EditDeals, Policies.SubmitForecasts, Policies.ReadLedger, Policies.ReadCompensation,
        Policies.AcceptPlans, Policies.RaiseDisputes,
    ]);

    /// <summary>Works the deals of those below.</summary>
    public static Role Manager { get; } = new("manager", Reach.Subtree, Rep.Policies);

    public static Role SalesOperations { get; } = new("salesOperations", Reach.All,
    [
        Policies.ReadPipeline, Policies.EditDeals, Policies.EditAccounts, Policies.EditReps, Policies.EditTerritories,
        Policies.EditContracts, Policies.SubmitForecasts, Policies.OperateForecasts, Policies.ManageCatalog, Policies.Import,
        Policies.ReadLedger, Policies.ReadCompensation, Policies.EditCompensation, Policies.RequestPay,
        Policies.AcceptPlans, Policies.RaiseDisputes,
    ]);

    public static Role Finance { get; } = new("finance", Reach.All,
    [
        Policies.ReadPipeline, Policies.EditContracts, Policies.ReadCompensation, Policies.EditCompensation, Policies.ReadLedger,
        Policies.RequestPay, Policies.ApprovePay, Policies.ClosePeriods, Policies.AcceptPlans, Policies.RaiseDisputes,
    ]);

    /// <summary>Reads everything and writes nothing.</summary>
    public static Role Auditor { get; } = new(
        "auditor", Reach.All, [Policies.ReadPipeline, Policies.ReadCompensation, Policies.ReadLedger, Policies.Audit]);

    /// <summary>A system that brings what others record.</summary>
    public static Role Integration { get; } = new("integration", Reach.All, [Policies.Import]);

    /// <summary>Whoever operates the servers; sees nothing of the business by it.</summary>
    public static Role Operator { get; } = new("operator", Reach.All, [Policies.Operate]);

    /// <summary>Answers for personal data: forgets people who ask for it.</summary>
    public static Role Privacy { get; } = new("privacy", Reach.All, [Policies.ErasePersons]);

    public static IReadOnlyList<Role> All { get; } =
        [Rep, Manager, SalesOperations, Finance, Auditor, Integration, Operator, Privacy];

    /// <summary>Everything; no token can name it.</summary>
    public static Role Developer { get; } = new("developer", Reach.All, Policies.All);

    /// <summary>What roles grant, as claims of their holder.</summary>
    public static IEnumerable<Claim> GrantsOf(IReadOnlyCollection<Role> roles)
    {
        foreach (var policy in roles.SelectMany(role => role.Policies).Distinct(StringComparer.Ordinal))
        {
            var reach = roles.Where(role => role.Policies.Contains(policy, StringComparer.Ordinal)).Max(role => role.Reach);
            yield return new Claim(Policies.Claim, policy);
            yield return new Claim(ReachClaim, $"{policy}:{reach}");
        }
    }

    /// <summary>How far a policy reaches for a caller; no further than the caller's own rows where nobody says.</summary>
    public static Reach ReachOf(ClaimsPrincipal user, string? policy)
    {
        foreach (var reach in (ReadOnlySpan<Reach>)[Reach.All, Reach.Subtree])
        {
            if (user.HasClaim(ReachClaim, $"{policy}:{reach}"))
            {
                return reach;
            }
        }

        return Reach.Own;
    }
}
