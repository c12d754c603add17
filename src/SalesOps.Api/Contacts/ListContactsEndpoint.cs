using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contacts;

namespace SalesOps.Api.Contacts;

/// <summary><c>GET /v1/accounts/{accountId}/contacts</c></summary>
internal sealed class ListContactsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/accounts/{accountId}/contacts", HandleAsync)
        .WithName("ListContacts").WithTags("Accounts")
        .WithSummary("The people of an account as of a time, as known at a time, by id.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string accountId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response,
        CancellationToken cancellation)
    {
        if (await streams.ReadAsync(caller, StreamKinds.Contacts, accountId, at, cancellation) is { } read)
        {
            response.Headers.ETag = EntityTag.Of(read.Version);
            return TypedResults.Ok(new Response(read.AsOf, [.. read.State.Contacts.Select(Item.Of)]));
        }

        return await streams.ReadAsync(caller, StreamKinds.Accounts, accountId, at, cancellation) is { } account
            ? TypedResults.Ok(new Response(account.AsOf, []))
            : Problem.NotFound("account", accountId);
    }

    internal sealed record Response(AsOfView AsOf, IReadOnlyList<Item> Items);

    /// <param name="KnownBy">The reps who have dealt with the person.</param>
    internal sealed record Item(
        string Id, string Name, string? Title, string? Role, string? Email, string? Phone, IReadOnlyList<string> KnownBy)
    {
        public static Item Of(Contact contact) => new(
            contact.Id.Value, contact.Name, contact.Title, contact.Role, contact.Email, contact.Phone, contact.KnownBy ?? []);
    }
}
