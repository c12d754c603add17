using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>POST /v1/reps</c></summary>
internal sealed class RegisterRepEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps", HandleAsync)
        .WithName("RegisterRep").WithTags("Reps")
        .WithSummary("Makes a rep known, from the day of hiring unless told otherwise.")
        .RequireAuthorization(Policies.EditReps)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        var id = body.Id ?? new RepId(Guid.CreateVersion7(write.ReceivedAt).ToString());
        return commands.CreateAsync(
            write, StreamKinds.Reps, id.Value, "/v1/reps",
            body.EffectiveAt?.Start(write.Calendar) ?? (body.HiredOn is { } hiredOn ? write.Calendar.StartOf(hiredOn) : null),
            (rep, _, _) => new(RegisterRep.Decide(rep, new(id, body.ToProfile()))),
            cancellation);
    }

    internal sealed record Request(
        string Name,
        RepId? Id,
        DateOnly? HiredOn,
        RepId? ManagerId,
        string? Team,
        string? Office,
        IReadOnlyList<string>? Skills,
        IReadOnlyList<string>? Languages,
        int? Capacity,
        IReadOnlyList<string>? Roles,
        DateOrInstant? EffectiveAt)
    {
        public RepProfile ToProfile() => new(Name, HiredOn, ManagerId, Team, Office, Skills, Languages, Capacity, Roles);
    }
}
