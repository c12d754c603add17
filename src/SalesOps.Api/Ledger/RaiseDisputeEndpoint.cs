using SalesOps.Api.Facts;
using SalesOps.Api.Http;
using SalesOps.Api.Streams;
using SalesOps.Domain;
using SalesOps.Domain.Ledger;

namespace SalesOps.Api.Ledger;

/// <summary><c>POST /v1/disputes</c></summary>
internal sealed class RaiseDisputeEndpoint : IEndpoint
{
    private const int EntriesMax = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/disputes", HandleAsync)
        .WithName("RaiseDispute").WithTags("Approvals")
        .WithSummary("Disputes lines of a rep: only those are not paid out, and their month is not closed, until it is settled.")
        .RequireAuthorization(Policies.RaiseDisputes)
        .Creates<CommandResponse>()
        .RunsCommand();

    private static Task<IResult> HandleAsync(
        Request body, WriteRequest write, ApprovalCommands approvals, FactReads reads, CancellationToken cancellation)
    {
        return body.EntryIds is { Count: < 1 or > EntriesMax }
            ? Task.FromResult<IResult>(Problem.From(Rejection.Invalid(
                "entries-count", $"A dispute is about 1 to {EntriesMax} entries.", "/entryIds")))
            : reads.ReadAsync(new(write.ReceivedAt, null, null), write.Caller, RaiseAsync, cancellation);

        async Task<IResult> RaiseAsync(FactReader facts, AsOfView asOf)
        {
            var lines = new List<PostedLine>();
            foreach (var (index, id) in body.EntryIds.Index())
            {
                var found = await LedgerQuery.FindAsync(
                    facts.Connection, write.Caller.Tenant, new(asOf.Position, null), id, cancellation);
                if (found is not { Line: var line } || line.RepId != body.RepId)
                {
                    return Problem.From(Rejection.Invalid(
                        "entry-unknown", $"The rep has no entry '{id}'.", $"/entryIds/{LedgerPeriods.Text(index)}"));
                }

                lines.Add(line);
            }

            var first = lines[0];
            var request = new ApprovalEvent.Requested(
                body.RepId, Period.MonthOf(first.PostedOn).MonthKey, first.Line.On, body.Reason, write.Caller.Actor, body.Amount,
                first.Line.DealId, [.. lines.Select(line => line.Id).Distinct()]);
            return await approvals.AskAsync(
                write, ApprovalKind.Dispute, body.Id, request, _ => new(ApprovalRules.Check(request)), cancellation);
        }
    }

    /// <param name="EntryIds">Ids of entries, or of the lines that they belong to.</param>
    /// <param name="Amount">The correction asked for; absent where the lines are only to be looked at.</param>
    internal sealed record Request(RepId RepId, IReadOnlyList<string> EntryIds, string Reason, Money? Amount, string? Id);
}
