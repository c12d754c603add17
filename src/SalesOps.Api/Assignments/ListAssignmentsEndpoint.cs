using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary><c>GET /v1/accounts/{accountId}/assignments</c></summary>
internal sealed class ListAssignmentsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}/assignments", HandleAsync)
        .WithName("ListAssignments").WithTags("Assignments")
        .WithSummary("Who serves an account in which role, and who must not, as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string accountId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response,
        CancellationToken cancellation)
    {
        var account = await streams.ReadAsync(caller, StreamKinds.Accounts, accountId, at, cancellation);
        if (account is null)
        {
            return Problem.NotFound("account", accountId);
        }

        if (await streams.ReadAsync(caller, StreamKinds.Assignments, accountId, at, cancellation) is not { } read)
        {
            return TypedResults.Ok(new Response(account.AsOf, [], []));
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        return TypedResults.Ok(new Response(
            read.AsOf, [.. read.State.Roles.Select(Item.Of)], [.. read.State.Conflicts.Select(rep => rep.Value)]));
    }

    /// <param name="Items">By role.</param>
    /// <param name="Conflicts">The reps who must not serve the account.</param>
    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items, IReadOnlyList<string> Conflicts);

    /// <param name="RepId">Who has the role, and the credit; absent where somebody only covers what has ended.</param>
    /// <param name="Acting">Who is to be turned to: the cover while there is one.</param>
    /// <param name="EventId">The fact that assigned it; asks for its explanation, and corrects it.</param>
    internal sealed record Item(
        string Role, string? RepId, string? Acting, string? CoveredBy, DateTimeOffset? Since, string? Reason, Guid? EventId,
        string? DecisionId)
    {
        public static Item Of(RoleAssignment role) => new(
            role.Role.Value, role.RepId?.Value, role.Acting?.Value, role.CoveredBy?.Value, role.Since, role.Reason,
            role.RepId is null ? null : role.EventId, role.DecisionId?.Value);
    }
}
