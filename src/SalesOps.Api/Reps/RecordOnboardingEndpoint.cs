using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/onboarding</c></summary>
internal sealed class RecordOnboardingEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/onboarding", HandleAsync)
        .WithName("RecordOnboarding").WithTags("Reps")
        .WithSummary("Records that a rep began a programme for those who are new, and its completion, once it is there.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunDatedAsync(
            write, repId, rep => RecordOnboarding.Decide(rep, new(body.Programme, body.StartedOn, body.CompletedOn)), cancellation);

    internal sealed record Request(string Programme, DateOnly StartedOn, DateOnly? CompletedOn);
}
