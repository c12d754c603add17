using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Quotas;

namespace SalesOps.Api.Quotas;

/// <summary><c>POST /v1/quotas/settings</c></summary>
internal sealed class ChangeQuotaSettingsEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/quotas/settings", HandleAsync)
        .WithName("ChangeQuotaSettings").WithTags("Quotas")
        .WithSummary("Chooses how quotas are prorated that are assigned from a time on and say nothing of it.")
        .RequireAuthorization(Policies.ManageCatalog)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) => commands.RunPartAsync(
            write, StreamKinds.QuotaSettings, QuotaSetting.StreamId, part: QuotaSetting.StreamId,
            body.EffectiveAt?.Start(write.Calendar),
            (setting, _, _) => new(ChooseProration.Decide(setting, new(body.Proration, body.Reason))),
            location: null, cancellation);

    internal sealed record Request(Proration Proration, string? Reason, DateOrInstant? EffectiveAt);
}
