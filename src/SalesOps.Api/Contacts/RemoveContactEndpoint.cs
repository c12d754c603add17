using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Contacts;

namespace SalesOps.Api.Contacts;

/// <summary><c>POST /v1/accounts/{accountId}/contacts/{contactId}/remove</c></summary>
internal sealed class RemoveContactEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/contacts/{contactId}/remove", HandleAsync)
        .WithName("RemoveContact").WithTags("Accounts").WithSummary("Says that a person is no longer at an account.")
        .RequireAuthorization(Policies.EditAccounts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, string contactId, Request body, WriteRequest write, CommandRunner commands,
        CancellationToken cancellation) => commands.RunPartAsync(
            write, StreamKinds.Contacts, accountId, contactId, body.EffectiveAt?.Start(write.Calendar),
            (contacts, _, _) => new(contacts.Find(new(contactId)) is null
                ? Rejection.NotFound("contact", contactId)
                : RemoveContact.Decide(contacts, new(new(contactId), body.Reason))),
            location: null, cancellation);

    internal sealed record Request(string? Reason, DateOrInstant? EffectiveAt);
}
