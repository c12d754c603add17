using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Privacy;

/// <summary><c>POST /v1/leads/{leadId}/erasure</c></summary>
internal sealed class EraseLeadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/leads/{leadId}/erasure", HandleAsync)
        .WithName("EraseLead").WithTags("Leads")
        .WithSummary("Forgets the person of a lead, for ever: name and contact read erased at every time, and every proof holds.")
        .RequireAuthorization(Policies.ErasePersons)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string leadId, ErasureRequest body, WriteRequest write, Erasures erasures, CancellationToken cancellation) =>
        erasures.EraseAsync(write, StreamKinds.Leads, leadId, null, body.Reason, cancellation);
}
