using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/training</c></summary>
internal sealed class RecordTrainingEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/training", HandleAsync)
        .WithName("RecordTraining").WithTags("Reps")
        .WithSummary("Records that a rep has had a training.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunDatedAsync(
            write, repId, rep => RecordTraining.Decide(rep, new(body.Training, body.CompletedOn, body.Score)), cancellation);

    /// <param name="Score">0 to 100.</param>
    internal sealed record Request(string Training, DateOnly CompletedOn, decimal? Score);
}
