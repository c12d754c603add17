using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/roles</c></summary>
internal sealed class ChangeRolesEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/roles", HandleAsync)
        .WithName("ChangeRoles").WithTags("Reps").WithSummary("Sets the roles that a rep has.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Reps, repId, body.EffectiveAt?.Start(write.Calendar),
            rep => ChangeRoles.Decide(rep, new(body.Roles)),
            cancellation);

    internal sealed record Request(IReadOnlyList<string> Roles, DateOrInstant? EffectiveAt);
}
