using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/return</c></summary>
internal sealed class ReturnFromLeaveEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/return", HandleAsync)
        .WithName("ReturnFromLeave").WithTags("Reps")
        .WithSummary("Ends a leave that was open, or earlier than it was planned to end.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        var command = new ReturnFromLeave(body.On ?? write.Calendar.DateOf(write.ReceivedAt));
        return commands.RunAsync(
            write, StreamKinds.Reps, repId,
            (timeline, _) => new(DatedFacts.Judge(
                timeline, ReturnFromLeave.Decide(timeline.Latest, command), write.Calendar,
                ReturnFromLeave.PlannedEnd(timeline, command)?.Id)),
            location: null, cancellation);
    }

    /// <param name="On">The first day back; today unless told otherwise.</param>
    internal sealed record Request(DateOnly? On);
}
