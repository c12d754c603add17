using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps/{repId}/capacity</c></summary>
internal sealed class ChangeCapacityEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/capacity", HandleAsync)
        .WithName("ChangeCapacity").WithTags("Reps").WithSummary("Sets how many open accounts a rep can serve, or that nobody knows.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Reps, repId, body.EffectiveAt?.Start(write.Calendar),
            rep => ChangeCapacity.Decide(rep, new(body.Capacity)),
            cancellation);

    internal sealed record Request(int? Capacity, DateOrInstant? EffectiveAt);
}
