using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;

namespace SalesOps.Api.Assignments;

/// <summary><c>POST /v1/accounts/{accountId}/assignment/end</c></summary>
internal sealed class EndAssignmentEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/assignment/end", HandleAsync)
        .WithName("EndAssignment").WithTags("Assignments")
        .WithSummary("Takes an account from whoever serves it and gives it to nobody.")
        .RequireAuthorization(Policies.EditAccounts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Assignments, accountId, body.EffectiveAt?.Start(write.Calendar),
            state => EndAssignment.Decide(state, new(body.Role ?? AssignmentRole.Owner, body.Reason)),
            cancellation);

    /// <param name="Role">Default: <c>owner</c>.</param>
    internal sealed record Request(string Reason, AssignmentRole? Role, DateOrInstant? EffectiveAt);
}
