using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/skills</c></summary>
internal sealed class ChangeSkillsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/skills", HandleAsync)
        .WithName("ChangeSkills").WithTags("Reps").WithSummary("Sets what a rep can do and speak; what is not named stays.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Reps, repId, body.EffectiveAt?.Start(write.Calendar),
            rep => ChangeSkills.Decide(rep, new(body.Skills, body.Languages)),
            cancellation);

    internal sealed record Request(IReadOnlyList<string>? Skills, IReadOnlyList<string>? Languages, DateOrInstant? EffectiveAt);
}
