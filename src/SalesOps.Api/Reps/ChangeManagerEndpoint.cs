using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/manager</c></summary>
internal sealed class ChangeManagerEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/manager", HandleAsync)
        .WithName("ChangeManager").WithTags("Reps").WithSummary("Gives a rep another manager, or none.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        var id = new RepId(repId);
        return commands.RunAsync(
            write, StreamKinds.Reps, repId,
            (timeline, session) =>
            {
                var at = body.EffectiveAt?.Start(write.Calendar) ?? write.PresentOf(timeline);
                var decision = timeline.Decide(at, rep => ChangeManager.Decide(rep, new(id, body.ManagerId)));
                return session.WithoutCircleAsync(id, timeline, Verdict.Of(decision, at), "/managerId", cancellation);
            },
            location: null, cancellation);
    }

    internal sealed record Request(RepId? ManagerId, DateOrInstant? EffectiveAt);
}
