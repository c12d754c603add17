using SalesOps.Api.Assignments;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Leads;

namespace SalesOps.Api.Leads;

/// <summary><c>POST /v1/leads/{leadId}/route</c></summary>
internal sealed class RouteLeadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/leads/{leadId}/route", HandleAsync)
        .WithName("RouteLead").WithTags("Leads")
        .WithSummary("Gives a lead to a rep: the one named, or whose turn it is, with the record of the decision.")
        .RequireAuthorization(Policies.EditDeals)
        .Produces<Response>().Problems(404, 409, 412, 422);

    private static async Task<IResult> HandleAsync(
        string leadId, Request body, WriteRequest write, CommandRunner commands, DecisionBases bases,
        CancellationToken cancellation)
    {
        var (repId, basis, routes) = (body.RepId, (DecisionBasis?)null, (ValueList<Routed>)[]);
        var decisionId = new DecisionId(Guid.CreateVersion7(write.ReceivedAt).ToString());
        if (repId is null)
        {
            var at = await bases.ByAllAsync(write.EffectiveAt(body.EffectiveAt), least: null, cancellation);
            var (read, _, problem) = await bases.ReadAsync(
                at, write.Caller, facts => facts.LeadBuyersAsync(at.ValidAt, [leadId], cancellation), cancellation);
            if (read is null)
            {
                return problem!;
            }

            basis = read.Reduced();
            routes = Routing.Of(basis);
            repId = routes is [var route] ? route.RepId : null;
        }

        var isRouted = false;
        return await commands.RunAsync(
            write, StreamKinds.Leads, leadId, [], DecideAsync,
            (session, position) => new Response(
                leadId, session.VersionOf(StreamKinds.Leads.NameOf(leadId)), position, repId?.Value,
                isRouted && basis is not null ? decisionId.Value : null),
            location: null, cancellation);

        async ValueTask<Verdict> DecideAsync(Timeline<Lead, LeadEvent> timeline, StreamSession session)
        {
            var at = body.EffectiveAt?.Start(write.Calendar) ?? session.PresentOf(timeline);
            if (repId is not { } rep)
            {
                return Verdict.Refuse(timeline.Judge(at, NobodyFor(timeline.At(at))).Rejection!);
            }

            var verdict = Verdict.Of(
                timeline.Decide(at, lead => RouteLead.Decide(lead, new(rep, body.Reason, basis is null ? null : decisionId))), at);
            isRouted = verdict.Facts is not [];
            return isRouted && basis is not null && await session.DecideAsync(
                StreamKinds.Decisions, decisionId.Value, at,
                _ => Decision<DecisionEvent>.Accept(new DecisionEvent.Distributed(AssignmentRole.Owner, basis, routes)),
                cancellation) is { } refused
                    ? Verdict.Refuse(refused)
                    : verdict;
        }
    }

    /// <summary>Why a lead goes to nobody: it can't be routed, or hard rules exclude everybody.</summary>
    private static Decision<LeadEvent> NobodyFor(Lead lead) => lead.Status is LeadStatus.New or LeadStatus.Qualified
        ? Rejection.Conflict("nobody-eligible", "No rep can serve this lead at that time.")
        : Decision<LeadEvent>.Accept(new LeadEvent.Routed(default));

    /// <param name="RepId">Absent for whoever's turn it is.</param>
    internal sealed record Request(RepId? RepId, string? Reason, DateOrInstant? EffectiveAt);

    /// <param name="RepId">Who works it now.</param>
    /// <param name="DecisionId">The record of the decision; absent where the rep was named or had it already.</param>
    internal sealed record Response(string Id, long Version, long Position, string? RepId, string? DecisionId);
}
