using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Contracts;

namespace SalesOps.Api.Contracts;

/// <summary><c>POST /v1/contracts/{contractId}/notice</c></summary>
internal sealed class GiveNoticeEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/contracts/{contractId}/notice", HandleAsync)
        .WithName("GiveNotice").WithTags("Contracts")
        .WithSummary("Records a notice; given in time, it keeps the contract from renewing by itself, however late it is recorded.")
        .RequireAuthorization(Policies.EditContracts)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string contractId, Request body, WriteRequest write, ContractCommands commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, contractId,
            contract => body.EffectiveAt?.Start(write.Calendar)
                ?? ContractTimes.NotBefore(contract.DraftedAt, write.Calendar.StartOf(body.GivenOn)),
            (contract, _) => GiveNotice.Decide(contract, new(body.GivenOn, body.By, body.Kind, body.Reason)),
            cancellation);

    internal sealed record Request(
        DateOnly GivenOn, NoticeParty By, NoticeKind Kind, string? Reason, DateOrInstant? EffectiveAt);
}
