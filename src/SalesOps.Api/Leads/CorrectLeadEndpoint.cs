using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Leads;

namespace SalesOps.Api.Leads;

/// <summary><c>POST /v1/leads/{leadId}/corrections</c></summary>
internal sealed class CorrectLeadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/leads/{leadId}/corrections", HandleAsync)
        .WithName("CorrectLead").WithTags("Leads")
        .WithSummary("Takes a recorded fact back, also of a converted lead, and may put another in its place.")
        .RequireAuthorization(Policies.EditDeals)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string leadId, CorrectionRequest body, WriteRequest write, CommandRunner commands, CancellationToken cancellation)
    {
        return commands.CorrectAsync(
            write, StreamKinds.Leads, leadId, body, (_, _) => null,
            (lead, replacement, _, _) => new(LeadReplacement.Decide(lead, replacement)), cancellation, Check);

        // The deal and the account stand in streams of their own: a lead can't silently lose or change them.
        ValueTask<Verdict> Check(Timeline<Lead, LeadEvent> timeline, Verdict verdict, StreamSession session) => new(
            verdict.Rejection is null && timeline.Latest.Conversion is { } conversion
            && verdict.After(timeline).Latest.Conversion != conversion
                ? Verdict.Refuse(Rejection.Conflict(
                    "lead-converted", "The lead is a deal by now; the conversion can only be dated otherwise."))
                : verdict);
    }
}
