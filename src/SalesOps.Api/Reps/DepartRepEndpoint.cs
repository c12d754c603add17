using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/departure</c></summary>
internal sealed class DepartRepEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/departure", HandleAsync)
        .WithName("DepartRep").WithTags("Reps")
        .WithSummary("Lets a rep go; what is recorded of the rep stays.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunDatedAsync(
            write, repId, rep => DepartRep.Decide(rep, new(body.On, body.Reason)), cancellation);

    /// <param name="On">The first day without the rep.</param>
    internal sealed record Request(DateOnly On, string? Reason);
}
