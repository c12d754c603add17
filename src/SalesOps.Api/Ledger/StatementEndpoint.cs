using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Domain;

namespace SalesOps.Api.Ledger;

/// <summary><c>GET /v1/reps/{repId}/statements/{period}</c></summary>
internal sealed class StatementEndpoint : IEndpoint
{
    private const int LinesMax = 20_000;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/reps/{repId}/statements/{period}", HandleAsync)
        .WithName("GetStatement").WithTags("Ledger")
        .WithSummary("What a rep earned, is owed and was paid in a month, quarter or year of the books, line by line.")
        .RequireAuthorization(Policies.ReadLedger)
        .AlsoAs(AnswerFormat.Csv)
        .Produces<StatementView>()
        .Problems(404, 422);

    private static Task<IResult> HandleAsync(
        string repId, string period, KnownBy known, Caller caller, ChosenFormat format, LedgerProgress reads,
        CancellationToken cancellation)
    {
        if (Period.Find(period) is not { } days)
        {
            return Task.FromResult<IResult>(LedgerPeriods.Unknown("period"));
        }

        var at = new ReadAt(caller.Calendar.EndOf(days.To.AddDays(-1)), known.KnownAt, known.MinPosition);
        return reads.ReadAsync(at, caller, AnswerAsync, cancellation);

        async Task<IResult> AnswerAsync(FactReader facts, AsOfView asOf)
        {
            var (connection, reach) = (facts.Connection, new LedgerReach(asOf.Position, known.KnownAt));
            if (!await facts.SeesPayAsync(new(repId), at.ValidAt, cancellation))
            {
                return Problem.NotFound("rep", repId);
            }

            var before = await LedgerQuery.TotalsAsync(
                connection, caller.Tenant, reach, new([repId], To: days.From), cancellation);
            var lines = await LedgerQuery.LinesAsync(
                connection, caller.Tenant, reach, new([repId], Posted: days), after: null, LinesMax, cancellation);
            if (before is [] && lines is [] && !await facts.HasRepAsync(repId, cancellation))
            {
                return Problem.NotFound("rep", repId);
            }

            var closings = await facts.PeriodsAsync(days, cancellation);
            var view = StatementView.Of(asOf, repId, period, days, before, [.. lines.Select(row => row.Line)], closings);
            return format.Value == AnswerFormat.Csv
                ? new Csv<StatementLine>(StatementLine.Columns, view.Lines.Concat(view.Movements).ToAsyncEnumerable())
                : TypedResults.Ok(view);
        }
    }
}
