using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Leads;

namespace SalesOps.Api.Leads;

/// <summary><c>POST /v1/leads/{leadId}/qualify</c></summary>
internal sealed class QualifyLeadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/leads/{leadId}/qualify", HandleAsync)
        .WithName("QualifyLead").WithTags("Leads").WithSummary("Finds a lead worth pursuing; also one that was given up.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string leadId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Leads, leadId, body.EffectiveAt?.Start(write.Calendar),
            lead => QualifyLead.Decide(lead, new(body.Score, body.Reason)),
            cancellation);

    internal sealed record Request(int Score, string Reason, DateOrInstant? EffectiveAt);
}
