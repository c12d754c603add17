using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>POST /v1/quotas/{quotaId}/relief</c></summary>
internal sealed class RelieveQuotaEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/quotas/{quotaId}/relief", HandleAsync)
        .WithName("RelieveQuota").WithTags("Quotas").WithSummary("Takes something off a quota; several reliefs add up.")
        .RequireAuthorization(Policies.EditReps)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string quotaId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Quotas, quotaId, body.EffectiveAt?.Start(write.Calendar),
            quota => RelieveQuota.Decide(quota, new(body.Amount, body.Reason)),
            cancellation);

    internal sealed record Request(QuotaAmount Amount, string Reason, DateOrInstant? EffectiveAt);
}
