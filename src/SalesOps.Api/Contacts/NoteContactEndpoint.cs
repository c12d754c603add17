using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contacts;

namespace SalesOps.Api.Contacts;

/// <summary><c>POST /v1/accounts/{accountId}/contacts</c></summary>
internal sealed class NoteContactEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/contacts", HandleAsync)
        .WithName("NoteContact").WithTags("Accounts")
        .WithSummary("Makes a person at an account known, with the role in the buying process, or says what is different.")
        .RequireAuthorization(Policies.EditAccounts)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        var id = body.Id ?? new ContactId(Guid.CreateVersion7(write.ReceivedAt).ToString());
        return commands.RunPartAsync(
            write, StreamKinds.Contacts, accountId, id.Value, body.EffectiveAt?.Start(write.Calendar),
            async (contacts, _, session) => (await session.ReadAsync(StreamKinds.Accounts, accountId, cancellation)).Exists
                ? NoteContact.Decide(contacts, new(body.ToContact(id)))
                : Rejection.NotFound("account", accountId),
            $"/v1/accounts/{accountId}/contacts", cancellation);
    }

    /// <param name="Role">In the buying process, for example <c>decisionMaker</c> or <c>champion</c>.</param>
    /// <param name="KnownBy">The reps who have dealt with the person.</param>
    internal sealed record Request(
        string Name,
        ContactId? Id,
        string? Title,
        string? Role,
        string? Email,
        string? Phone,
        IReadOnlyList<RepId>? KnownBy,
        DateOrInstant? EffectiveAt)
    {
        public Contact ToContact(ContactId id) => new(
            id, Name, Title, Role, Email, Phone, KnownBy is null ? null : [.. KnownBy.Select(rep => rep.Value)]);
    }
}
