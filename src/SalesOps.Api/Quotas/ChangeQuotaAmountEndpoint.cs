using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>POST /v1/quotas/{quotaId}/amount</c></summary>
internal sealed class ChangeQuotaAmountEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/quotas/{quotaId}/amount", HandleAsync)
        .WithName("ChangeQuotaAmount").WithTags("Quotas")
        .WithSummary("Asks for more or less for the whole period, known and in force from a time on.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string quotaId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Quotas, quotaId, body.EffectiveAt?.Start(write.Calendar),
            quota => ChangeQuotaAmount.Decide(quota, new(body.Amount)),
            cancellation);

    internal sealed record Request(QuotaAmount Amount, DateOrInstant? EffectiveAt);
}
