using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Ledger;

/// <summary><c>POST /v1/periods/{period}/close</c></summary>
internal sealed class ClosePeriodEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/periods/{period}/close", HandleAsync)
        .WithName("ClosePeriod").WithTags("Ledger")
        .WithSummary("Closes a month of the books for ever, in order and once, with its totals; a quarter or year month by month.")
        .RequireAuthorization(Policies.ClosePeriods)
        .RequireIdempotencyKey()
        .Produces<ClosedPeriod>()
        .Problems(404, 409, 412, 422);

    private static Task<IResult> HandleAsync(
        string period, WriteRequest write, PeriodCloser closer, CancellationToken cancellation) =>
        Period.Find(period) is { } days
            ? closer.CloseAsync(write, period, days, cancellation)
            : Task.FromResult<IResult>(LedgerPeriods.Unknown("period"));
}
