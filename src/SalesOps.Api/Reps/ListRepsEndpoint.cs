using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain.Reps;

namespace SalesOps.Api.Reps;

/// <summary><c>GET /v1/reps</c></summary>
internal sealed class ListRepsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/reps", HandleAsync)
        .WithName("ListReps").WithTags("Reps").WithSummary("Reps as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>().Problems(422);

    private static Task<IResult> HandleAsync(
        CommaList? managerId, CommaList? team, CommaList? office, CommaList? role, Choices<RepPresence>? presence,
        ReadAt at, Paging paging, Caller caller, FactReads reads, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var reps = await facts.Lists.RepsAsync(
                at.ValidAt,
                new(managerId?.Values, team?.Values, office?.Values, role?.Values, presence?.Values),
                paging.After?[0], paging.Limit + 1, cancellation);
            var (page, next) = paging.Page(reps, rep => [rep.Id]);
            return TypedResults.Ok(new Response(
                asOf,
                [
                    .. page.Select(rep => new Item(
                        rep.Id, rep.Fact.Name, rep.Fact.ManagerId?.Value, rep.Fact.Team, rep.Fact.Office, rep.Fact.Roles,
                        rep.Fact.Presence)),
                ],
                next));
        }
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, string? NextCursor);

    /// <param name="Presence">Whether the rep is there at the time asked about.</param>
    internal sealed record Item(
        string Id, string Name, string? ManagerId, string? Team, string? Office, IReadOnlyList<string> Roles,
        RepPresence Presence);
}
