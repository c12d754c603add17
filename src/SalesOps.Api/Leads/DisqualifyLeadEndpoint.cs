using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Leads;

namespace SalesOps.Api.Leads;

/// <summary><c>POST /v1/leads/{leadId}/disqualify</c></summary>
internal sealed class DisqualifyLeadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/leads/{leadId}/disqualify", HandleAsync)
        .WithName("DisqualifyLead").WithTags("Leads").WithSummary("Gives a lead up.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string leadId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Leads, leadId, body.EffectiveAt?.Start(write.Calendar),
            lead => DisqualifyLead.Decide(lead, new(body.Reason)),
            cancellation);

    internal sealed record Request(string Reason, DateOrInstant? EffectiveAt);
}
