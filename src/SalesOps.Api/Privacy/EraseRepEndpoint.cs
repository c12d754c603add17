using SalesOps.Api.Http;
using SalesOps.Api.Streams;

namespace SalesOps.Api.Privacy;

/// <summary><c>POST /v1/reps/{repId}/erasure</c></summary>
internal sealed class EraseRepEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reps/{repId}/erasure", HandleAsync)
        .WithName("EraseRep").WithTags("Reps")
        .WithSummary("Forgets a rep, for ever: name and contact read erased at every time, and every proof holds.")
        .RequireAuthorization(Policies.ErasePersons)
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        string repId, ErasureRequest body, WriteRequest write, Erasures erasures, CancellationToken cancellation) =>
        erasures.EraseAsync(write, StreamKinds.Reps, repId, null, body.Reason, cancellation);
}
