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
        return commands.RunAsync(
            write, StreamKinds.Reps, id.Value,
            (timeline, session) =>
            {
                var at = body.EffectiveAt?.Start(write.Calendar)
                    ?? (body.HiredOn is { } hiredOn ? write.Calendar.StartOf(hiredOn) : write.PresentOf(timeline));
                var decision = timeline.Decide(at, rep => RegisterRep.Decide(rep, new(id, body.ToProfile())));
                return session.WithoutCircleAsync(id, timeline, Verdict.Of(decision, at), "/managerId", cancellation);
            },
            $"/v1/reps/{id}", cancellation);
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
