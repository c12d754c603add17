using System.Security.Claims;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Forecasts;

namespace SalesOps.Api.Forecasts;

/// <summary>
/// Who may speak for whom, by the organisation at the time that is spoken of: reps for themselves and for those below them,
/// and who is no rep with the right to operate forecasts. Each rep that is read becomes a guard.
/// </summary>
internal static class ForecastSpeakers
{
    /// <summary>How high an organisation is at most; a longer chain is a loop.</summary>
    private const int LevelsMax = 100;

    /// <summary>Why the actor may not submit for a rep; null where nothing is against it.</summary>
    public static async ValueTask<Rejection?> RefuseSubmissionAsync(
        this StreamSession session, string actor, ClaimsPrincipal user, RepId ownerId, DateTimeOffset at,
        CancellationToken cancellation)
    {
        if (!await session.IsRepAsync(actor, at, cancellation))
        {
            return user.HasClaim(Policies.Claim, Policies.OperateForecasts) ? null : ForecastRules.NotBelow(actor, ownerId);
        }

        RepId? next = ownerId;
        for (var level = 0; next is { } id && level < LevelsMax; level++)
        {
            if (id.Value == actor)
            {
                return null;
            }

            next = await session.ManagerOfAsync(id, at, cancellation);
        }

        return ForecastRules.NotBelow(actor, ownerId);
    }

    /// <summary>On which side the actor adjusts a rep's figure, or why not at all.</summary>
    /// <param name="asManager">Whom somebody who is no rep adjusts for; the direct manager where it is absent.</param>
    public static async ValueTask<(AdjustmentSide Side, RepId? ManagerId, Rejection? Refusal)> SideOfAsync(
        this StreamSession session, string actor, ClaimsPrincipal user, RepId ownerId, RepId? asManager, DateTimeOffset at,
        CancellationToken cancellation)
    {
        var direct = await session.ManagerOfAsync(ownerId, at, cancellation);
        var refused = (AdjustmentSide.Owner, (RepId?)null, (Rejection?)ForecastRules.NotDirect(asManager?.Value ?? actor, ownerId));
        RepId? speaker;
        if (await session.IsRepAsync(actor, at, cancellation))
        {
            speaker = new RepId(actor);
            if (asManager is not null && asManager != speaker)
            {
                return refused;
            }
        }
        else if (user.HasClaim(Policies.Claim, Policies.OperateForecasts))
        {
            speaker = asManager ?? direct ?? ownerId;
        }
        else
        {
            return refused;
        }

        return speaker == ownerId ? (AdjustmentSide.Owner, null, null)
            : speaker == direct ? (AdjustmentSide.Manager, direct, null)
            : refused;
    }

    private static async ValueTask<bool> IsRepAsync(
        this StreamSession session, string actor, DateTimeOffset at, CancellationToken cancellation) =>
        Identifier.IsValid(actor)
        && (await session.ReadAsync(StreamKinds.Reps, actor, cancellation)).At(at).Profile is not null;

    private static async ValueTask<RepId?> ManagerOfAsync(
        this StreamSession session, RepId id, DateTimeOffset at, CancellationToken cancellation) =>
        (await session.ReadAsync(StreamKinds.Reps, id.Value, cancellation)).At(at).Profile?.ManagerId;
}
