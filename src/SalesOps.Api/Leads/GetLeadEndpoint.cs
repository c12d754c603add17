using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Leads;

/// <summary><c>GET /v1/leads/{leadId}</c></summary>
internal sealed class GetLeadEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/leads/{leadId}", HandleAsync)
        .WithName("GetLead").WithTags("Leads").WithSummary("A lead as of a time, as known at a time.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<LeadView>()
        .Problems(404, 422);

    private static async Task<IResult> HandleAsync(
        string leadId, ReadAt at, Caller caller, StreamReads streams, HttpResponse response, CancellationToken cancellation)
    {
        var read = await streams.ReadAsync(caller, StreamKinds.Leads, leadId, at, cancellation);
        if (read is not { State: { Profile: { } profile } lead })
        {
            return Problem.NotFound("lead", leadId);
        }

        response.Headers.ETag = EntityTag.Of(read.Version);
        return TypedResults.Ok(LeadView.Of(leadId, read.Version, lead, profile, read.AsOf));
    }
}
