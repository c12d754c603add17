using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;

namespace SalesOps.Api.Accounts;

/// <summary><c>POST /v1/accounts/{accountId}/profile</c></summary>
internal sealed class ChangeProfileEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts/{accountId}/profile", HandleAsync)
        .WithName("ChangeProfile").WithTags("Accounts").WithSummary("Sets what has changed of an account; what is not named stays.")
        .RequireAuthorization(Policies.EditAccounts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string accountId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Accounts, accountId, body.EffectiveAt?.Start(write.Calendar),
            account => ChangeProfile.Decide(account, new(body.ToChange())),
            cancellation);

    internal sealed record Request(
        string? Name,
        string? Segment,
        string? Industry,
        string? Country,
        int? Employees,
        Money? Revenue,
        string? BuyingProcess,
        int? FoundedIn,
        AccountId? ParentId,
        string? Region,
        IReadOnlyList<string>? Languages,
        IReadOnlyList<string>? Skills,
        DateOrInstant? EffectiveAt)
    {
        public AccountChange ToChange() => new(
            Name, Segment, Industry, Country, Employees, Revenue, BuyingProcess, FoundedIn, ParentId, Region, Languages, Skills);
    }
}
