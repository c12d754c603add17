using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/leave</c></summary>
internal sealed class TakeLeaveEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/leave", HandleAsync)
        .WithName("TakeLeave").WithTags("Reps")
        .WithSummary("Sends a rep on leave; one whose end is known ends by itself.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunDatedAsync(
            write, repId, rep => TakeLeave.Decide(rep, new(new(repId), body.From, body.To, body.Reason, body.CoverRepId)), cancellation);

    /// <param name="From">The first day away.</param>
    /// <param name="To">The first day back; absent where nobody knows.</param>
    /// <param name="CoverRepId">Who stands in.</param>
    internal sealed record Request(DateOnly From, DateOnly? To, string? Reason, RepId? CoverRepId);
}
