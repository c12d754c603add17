using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/team</c></summary>
internal sealed class ChangeTeamEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/team", HandleAsync)
        .WithName("ChangeTeam").WithTags("Reps").WithSummary("Moves a rep to another team, and office where one is named.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Reps, repId, body.EffectiveAt?.Start(write.Calendar),
            rep => ChangeTeam.Decide(rep, new(body.Team, body.Office)),
            cancellation);

    internal sealed record Request(string? Team, string? Office, DateOrInstant? EffectiveAt);
}
