using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/corrections</c></summary>
internal sealed class CorrectRepEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/corrections", HandleAsync)
        .WithName("CorrectRep").WithTags("Reps")
        .WithSummary("Takes a recorded fact back, also of a rep who is gone, and may put another in its place.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CorrectAsync(
            write, StreamKinds.Reps, repId, body, RepReplacement.NaturalTimeOf,
            (rep, replacement, _, _) => new(RepReplacement.Decide(new(repId), rep, replacement)),
            cancellation,
            (timeline, verdict, session) => session.WithoutCircleAsync(
                new(repId), timeline, verdict, body.Replacement is null ? "/eventId" : "/replacement", cancellation));
}
