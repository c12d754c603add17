using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Accounts;

namespace SalesOps.Api.Accounts;

/// <summary><c>POST /v1/accounts</c></summary>
internal sealed class RegisterAccountEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/accounts", HandleAsync)
        .WithName("RegisterAccount").WithTags("Accounts").WithSummary("Makes an account known.")
        .RequireAuthorization(Policies.EditAccounts)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.CreateAsync(
            write, StreamKinds.Accounts, body.Id?.Value, "/v1/accounts", body.EffectiveAt?.Start(write.Calendar),
            (account, _, _) => new(RegisterAccount.Decide(account, new(body.ToProfile()))),
            cancellation);

    internal sealed record Request(
        string Name,
        AccountId? Id,
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
        public AccountProfile ToProfile() => new(
            Name, Segment, Industry, Country, Employees, Revenue, BuyingProcess, FoundedIn, ParentId, Region, Languages, Skills);
    }
}
