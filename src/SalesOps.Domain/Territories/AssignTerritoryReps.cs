using System.Globalization;

namespace SalesOps.Domain.Territories;

/// <summary>Says who works a territory.</summary>
/// <param name="Id">The territory.</param>
/// <param name="IsKnown">Whether the tree has the territory at any time: it may be staffed before it comes to be.</param>
/// <param name="Reps">All of them, whatever their order.</param>
public sealed record AssignTerritoryReps(TerritoryId Id, bool IsKnown, IReadOnlyList<TerritoryRep> Reps)
{
    private const int RepsMax = 200;
    private const int RoleLengthMax = 64;

    public static Decision<TerritoryStaffEvent> Decide(TerritoryStaff state, AssignTerritoryReps command)
    {
        if (!command.IsKnown)
        {
            return Rejection.NotFound("territory", command.Id.Value);
        }

        if (command.Reps.Count > RepsMax)
        {
            return Rejection.Invalid("reps-too-many", $"A territory has at most {RepsMax} reps.", "/reps");
        }

        var seen = new HashSet<RepId>();
        foreach (var (index, rep) in command.Reps.Index())
        {
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/reps/{index}");
            if (!seen.Add(rep.RepId))
            {
                return Rejection.Invalid("rep-twice", $"Rep '{rep.RepId}' is there twice.", pointer + "/repId");
            }

            if (rep.Share is <= 0 or > 100)
            {
                return Rejection.Invalid("share-range", "A share is a percentage above 0, at most 100.", pointer + "/share");
            }

            if (rep.Role is { } role && (string.IsNullOrWhiteSpace(role) || role.Length > RoleLengthMax))
            {
                return Rejection.Invalid("role-length", $"A role has 1 to {RoleLengthMax} characters.", pointer + "/role");
            }
        }

        TerritoryRep[] reps = [.. command.Reps.OrderBy(rep => rep.RepId.Value, StringComparer.Ordinal)];
        return state.Reps.SequenceEqual(reps)
            ? Decision<TerritoryStaffEvent>.Nothing
            : Decision<TerritoryStaffEvent>.Accept(new TerritoryStaffEvent.RepsChanged(reps));
    }
}
