using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Leads;

namespace SalesOps.Api.Leads;

/// <summary><c>POST /v1/leads/{leadId}/route</c></summary>
internal sealed class RouteLeadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/leads/{leadId}/route", HandleAsync)
        .WithName("RouteLead").WithTags("Leads").WithSummary("Gives a lead to a rep.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string leadId, Request body, WriteRequest write, CommandRunner commands, CancellationToken cancellation) =>
        commands.RunAsync(
            write, StreamKinds.Leads, leadId, body.EffectiveAt?.Start(write.Calendar),
            lead => RouteLead.Decide(lead, new(body.RepId, body.Reason)),
            cancellation);

    internal sealed record Request(RepId RepId, string? Reason, DateOrInstant? EffectiveAt);
}
