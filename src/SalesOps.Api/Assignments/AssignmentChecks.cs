using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Assignments;

/// <summary>What commands on assignments ask of other streams; each that is read becomes a guard.</summary>
internal static class AssignmentChecks
{
    /// <summary>Why the rep can't serve the account from a time on; null where nothing is against it.</summary>
    public static async ValueTask<Rejection?> RefuseAsync(
        StreamSession session, string accountId, RepId? repId, DateTimeOffset at, CancellationToken cancellation) =>
        (await session.ReadAsync(StreamKinds.Accounts, accountId, cancellation)).Exists
            ? await RefuseRepAsync(session, repId, at, cancellation)
            : Rejection.NotFound("account", accountId);

    /// <summary>Why the rep can't serve anybody from a time on; null where nothing is against it.</summary>
    public static async ValueTask<Rejection?> RefuseRepAsync(
        StreamSession session, RepId? repId, DateTimeOffset at, CancellationToken cancellation) =>
        repId is not { } id
            ? null
            : (await session.ReadAsync(StreamKinds.Reps, id.Value, cancellation)) switch
            {
                { Exists: false } => Rejection.Invalid("rep-unknown", $"There is no rep '{id}'.", "/repId"),
                var rep when rep.At(at).Presence == RepPresence.Departed =>
                    Rejection.Invalid("rep-departed", $"Rep '{id}' has left by that time.", "/repId"),
                _ => null,
            };

    /// <summary>Somebody else was faster than a decision about many.</summary>
    public static Rejection Meanwhile(string what, string id, RepId? by) => Rejection.Conflict(
        "assigned-meanwhile", by is { } rep
            ? $"The {what} '{id}' is rep '{rep}''s by now; decide anew."
            : $"The {what} '{id}' is nobody's by now; decide anew.");
}
