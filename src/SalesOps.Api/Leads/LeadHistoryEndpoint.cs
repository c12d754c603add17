using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Leads;

/// <summary><c>GET /v1/leads/{leadId}/history</c></summary>
internal sealed class LeadHistoryEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/leads/{leadId}/history", HandleAsync)
        .WithName("GetLeadHistory").WithTags("Leads").WithSummary("Every event of a lead, as recorded.")
        .RequireAuthorization(Policies.ReadPipeline)
        .AnswersHistory();

    private static Task<IResult> HandleAsync(
        string leadId, Caller caller, ChosenFormat format, StreamReads streams, CancellationToken cancellation) =>
        streams.HistoryAsync(caller, StreamKinds.Leads, leadId, format, cancellation);
}
