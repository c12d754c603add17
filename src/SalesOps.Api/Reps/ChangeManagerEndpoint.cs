using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/manager</c></summary>
internal sealed class ChangeManagerEndpoint : IEndpoint
{
    /// <summary>How high an organisation is at most; a longer chain is a loop that was there before.</summary>
    private const int LevelsMax = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/manager", HandleAsync)
        .WithName("ChangeManager").WithTags("Reps").WithSummary("Gives a rep another manager, or none.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Reps, repId, body.EffectiveAt?.Start(write.Calendar),
            async (rep, at, session) => ChangeManager.Decide(
                rep, new(new(repId), body.ManagerId, await ManagersAboveAsync(body.ManagerId, at, session, cancellation))),
            cancellation);

    /// <summary>Each manager that is read becomes a guard, so that two moves at once can't close a circle.</summary>
    private static async Task<IReadOnlyList<RepId>> ManagersAboveAsync(
        RepId? manager, DateTimeOffset at, StreamSession session, CancellationToken cancellation)
    {
        var above = new List<RepId>();
        while (manager is { } current && above.Count < LevelsMax)
        {
            var rep = (await session.ReadAsync(StreamKinds.Reps, current.Value, cancellation)).At(at);
            manager = rep.Profile?.ManagerId;
            if (manager is { } next)
            {
                above.Add(next);
            }
        }

        return above;
    }

    internal sealed record Request(RepId? ManagerId, DateOrInstant? EffectiveAt);
}
