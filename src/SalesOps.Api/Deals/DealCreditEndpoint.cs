using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain.Assignments;
using SalesOps.Domain.Deals;

namespace SalesOps.Api.Deals;

/// <summary><c>GET /v1/deals/{dealId}/credit</c></summary>
internal sealed class DealCreditEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/deals/{dealId}/credit", HandleAsync)
        .WithName("GetDealCredit").WithTags("Deals")
        .WithSummary("Who is credited with a deal: by its splits, else by the assignment of its account on the credit date.")
        .RequireAuthorization(Policies.ReadPipeline)
        .Produces<Response>()
        .Problems(404, 422);

    private static Task<IResult> HandleAsync(
        string dealId, ReadAt at, Caller caller, FactReads reads, StreamReads streams, CancellationToken cancellation)
    {
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        // Two streams, both read by what was known at one instant.
        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var known = at with { KnownAt = asOf.KnownAt };
            var read = await streams.ReadAsync(caller, StreamKinds.Deals, dealId, known, cancellation);
            if (read is not { State: { Status: not DealStatus.None } deal })
            {
                return Problem.NotFound("deal", dealId);
            }

            var creditedAt = DealCredit.CreditedAt(deal, at.ValidAt, caller.Calendar);
            var account = deal.AccountId is { } accountId
                ? await streams.ReadAsync(
                    caller, StreamKinds.Assignments, accountId.Value, known with { ValidAt = creditedAt }, cancellation)
                : null;
            return TypedResults.Ok(new Response(
                asOf, dealId, creditedAt, [.. DealCredit.Of(deal, account?.State).Select(CreditView.Of)]));
        }
    }

    /// <param name="CreditedAt">The instant whose assignments count.</param>
    /// <param name="Credits">Empty where nobody is credited.</param>
    internal sealed record Response(AsOfView AsOf, string Id, DateTimeOffset CreditedAt, IReadOnlyList<CreditView> Credits);

    internal sealed record CreditView(string RepId, decimal Percent, SplitKind Kind, CreditSource Source)
    {
        public static CreditView Of(Credit credit) => new(credit.RepId.Value, credit.Percent, credit.Kind, credit.Source);
    }
}
